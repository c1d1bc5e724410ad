#include "model/calendar/calendar_access.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

struct PrivateWord {
  std::string_view language;
  std::string_view word;
};
constexpr PrivateWord kPrivateWords[] = {{"en", "Private"}, {"de", "Privat"},  {"fr", "Privé"},
                                         {"es", "Privado"}, {"it", "Privato"}, {"nl", "Privé"}};

std::string_view private_word(std::string_view locale) {
  const std::string_view language = locale.substr(0, locale.find_first_of("_-"));
  for (const PrivateWord& known : kPrivateWords)
    if (known.language == language) return known.word;
  return kPrivateWords[0].word;
}

bool is_internal(const Attendee& attendee, UserId user) {
  return attendee.cu_type == CuType::Individual && user && attendee.entity == user.value;
}

}  // namespace

folders::FolderAccess load_calendar_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder) {
  folders::FolderAccess access = folders::load_access(connection, caller, folder);
  if (access.module != ObjectModule::Calendar)
    throw ApiError(errors::cal::kFolderUnsupported,
                   {std::to_string(folder.value), std::to_string(static_cast<int>(access.module))});
  return access;
}

folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder) {
  folders::FolderAccess access = load_calendar_folder(connection, caller, folder);
  if (access.rights.read == 0) throw ApiError(errors::cal::kNoRead, {std::to_string(folder.value)});
  return access;
}

bool is_public_folder(const folders::FolderAccess& folder) {
  return folder.type != folders::FolderType::Private && folder.type != folders::FolderType::Shared;
}

UserId calendar_user_of(const folders::FolderAccess& folder, const Caller& caller) {
  return is_public_folder(folder) ? caller.user : folder.owner;
}

const Attendee* find_attendee(const EventData& event, UserId user) {
  const auto found = std::find_if(event.attendees.begin(), event.attendees.end(),
                                  [&](const Attendee& attendee) { return is_internal(attendee, user); });
  return found == event.attendees.end() ? nullptr : &*found;
}

Attendee* find_attendee(EventData& event, UserId user) {
  return const_cast<Attendee*>(find_attendee(std::as_const(event), user));
}

bool is_organizer(const EventData& event, UserId user) {
  return user && event.organizer && event.organizer->entity == user.value;
}

bool is_transparent_for(const EventData& event, UserId user) {
  const Attendee* attendee = find_attendee(event, user);
  return attendee != nullptr && attendee->is_transparent ? *attendee->is_transparent : event.is_transparent;
}

bool is_scheduled(const EventData& event) {
  if (!event.organizer || event.attendees.empty()) return false;
  return event.attendees.size() > 1 || !is_internal(event.attendees.front(), event.calendar_user);
}

bool is_own(const EventData& event, const Caller& caller) { return event.created_by == caller.user; }

bool lies_in(const EventData& event, const folders::FolderAccess& folder) {
  if (event.folder) return event.folder == folder.id;
  if (is_public_folder(folder)) return false;
  const Attendee* owner = find_attendee(event, folder.owner);
  return owner != nullptr && owner->folder == folder.id && !owner->is_hidden;
}

FolderId folder_for(const EventData& event, UserId user) {
  if (event.folder) return event.folder;
  const Attendee* attendee = find_attendee(event, user);
  return attendee == nullptr || attendee->is_hidden ? FolderId() : attendee->folder;
}

Sight sight_by_class(const EventData& event, UserId user) {
  if (event.classification == Classification::Public) return Sight::Everything;
  // Events of personal calendars belong to their calendar user; those without one to whoever made them.
  const UserId owner = event.calendar_user ? event.calendar_user : event.created_by;
  if (owner == user || is_organizer(event, user) || find_attendee(event, user) != nullptr)
    return Sight::Everything;
  return event.classification == Classification::Confidential ? Sight::Block : Sight::Nothing;
}

Sight sight_in(const EventData& event, const folders::FolderAccess& folder, const Caller& caller) {
  if (!may_read(folder.rights, is_own(event, caller))) return Sight::Nothing;
  return sight_by_class(event, caller.user);
}

void mask(EventData& event, std::string_view locale) {
  EventData block;
  block.id = event.id;
  block.folder = event.folder;
  block.series = event.series;
  block.recurrence_id = std::move(event.recurrence_id);
  block.uid = std::move(event.uid);
  block.filename = std::move(event.filename);
  block.calendar_user = event.calendar_user;
  block.created = event.created;
  block.last_modified = event.last_modified;
  block.timestamp = event.timestamp;
  block.sequence = event.sequence;
  block.start = std::move(event.start);
  block.end = std::move(event.end);
  block.rrule = std::move(event.rrule);
  block.recurrence_dates = std::move(event.recurrence_dates);
  block.delete_exception_dates = std::move(event.delete_exception_dates);
  block.change_exception_dates = std::move(event.change_exception_dates);
  block.classification = event.classification;
  block.is_transparent = event.is_transparent;
  block.summary = private_word(locale);
  event = std::move(block);
}

}  // namespace gw::model::calendar
