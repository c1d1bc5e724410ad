// Who may see what of an event: folder rights, taking part, class. The one place that decides it, for every
// face. Source: spec chronos section 7, calendar sections 7 and 8.
#pragma once

#include <string_view>

#include "model/calendar/event_data.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {

/// Errors: FLD-0003, FLD-0008; CAL-4060 when it keeps no events.
folders::FolderAccess load_calendar_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder);
/// The same, and CAL-4030 when nothing in it may be read.
folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder);

/// Nobody's calendar: events lie in the folder itself, and everybody who looks is for himself.
bool is_public_folder(const folders::FolderAccess& folder);
/// Whose calendar a folder is: its owner's, in public folders that of whoever looks.
UserId calendar_user_of(const folders::FolderAccess& folder, const Caller& caller);

/// The row of an internal user among the attendees; nullptr: he takes no part.
const Attendee* find_attendee(const EventData& event, UserId user);
Attendee* find_attendee(EventData& event, UserId user);
bool is_organizer(const EventData& event, UserId user);
/// Whether it leaves this user free: his own word, else the event's.
bool is_transparent_for(const EventData& event, UserId user);
/// Group scheduled: an organizer, and more than the calendar user alone.
bool is_scheduled(const EventData& event);
/// "Own" of folder rights: he created it.
bool is_own(const EventData& event, const Caller& caller);
/// Is it in this folder? In personal ones what the owner hid is not.
bool lies_in(const EventData& event, const folders::FolderAccess& folder);
/// Where this user sees it: the public folder, or his own of the attendees' folders. 0: nowhere.
FolderId folder_for(const EventData& event, UserId user);

/// How much of an event is seen.
enum class Sight { Nothing, Block, Everything };
/// By class alone. Who takes part, organizes or owns it sees everything, whoever else may write in the folder
/// does not.
Sight sight_by_class(const EventData& event, UserId user);
/// Through a folder: right to read there, then class.
Sight sight_in(const EventData& event, const folders::FolderAccess& folder, const Caller& caller);
/// Leaves what one who sees the block alone may see: ids, times, whether it makes busy. `locale` of the word
/// that stands for the summary.
void mask(EventData& event, std::string_view locale);

}  // namespace gw::model::calendar
