// Who may see and change what of an event: folder rights, taking part, class. The one place that decides it, for every
// face. Source: spec chronos section 7, calendar sections 7 and 8.
#pragma once

#include <optional>
#include <unordered_map>

#include "model/calendar/event_data.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_lookup.hpp"

namespace gw::model::calendar {

/// Errors: FLD-0003, FLD-0008; CAL-4060 when it keeps no events.
folders::FolderAccess load_calendar_folder(sql::Connection& connection, const Caller& caller, FolderId folder);
/// The same, and CAL-4030 when nothing in it may be read.
folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller, FolderId folder);

inline bool is_public_folder(const folders::FolderAccess& folder) {
  return folder.type != folders::FolderType::Private && folder.type != folders::FolderType::Shared;
}
/// Whose calendar a folder is: its owner's, in public folders that of whoever looks.
UserId calendar_user_of(const folders::FolderAccess& folder, const Caller& caller);

/// The row of an internal user among the attendees; nullptr: he takes no part.
const Attendee* find_attendee(const EventData& event, UserId user);
Attendee* find_attendee(EventData& event, UserId user);
bool is_organizer(const EventData& event, UserId user);
/// Group scheduled: an organizer, and more than the calendar user alone.
bool is_scheduled(const EventData& event);
/// "Own" of folder rights: he created it.
bool is_own(const EventData& event, const Caller& caller);
/// Is it in this folder, for the folder's reader? Hidden ones are not.
bool lies_in(const EventData& event, const folders::FolderAccess& folder);
/// Where this user sees it: the public folder, or his own of the attendees' folders. 0: nowhere.
FolderId folder_for(const EventData& event, UserId user);

/// How much of an event is seen.
enum class Sight { Nothing, Block, Everything };
/// By class alone: takes part, organizes or owns it: everything.
Sight sight_by_class(const EventData& event, UserId user);
/// Through a folder: rights to read, then class.
Sight sight_in(const EventData& event, const folders::FolderAccess& folder, const Caller& caller);
/// Takes away what somebody who sees the block alone must not see. `locale` of the word that stands for the summary.
void mask(EventData& event, std::string_view locale);

}  // namespace gw::model::calendar
