// From one calendar to another, and from one organizer to another. Source: spec calendar section 9, chronos
// section 5.
#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/series_edits.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;

std::string folder_text(FolderId folder) { return std::to_string(folder.value); }
std::string event_text(const EventData& event) { return std::to_string(event.id.value); }

}  // namespace

void EventWriter::check_move(const EventData& event, const folders::FolderAccess& target) const {
  const bool own = is_own(event, caller_);
  if (!may_read(access_.rights, own)) throw ApiError(cal::kNoRead, {folder_text(access_.id)});
  if (!may_write(access_.rights, own)) throw ApiError(cal::kNoWrite, {folder_text(access_.id)});
  if (!may_remove(access_.rights, own)) throw ApiError(cal::kNoDelete, {folder_text(access_.id)});
  if (!target.rights.may_create_objects()) throw ApiError(cal::kNoWrite, {folder_text(target.id)});
  if (event.classification != Classification::Public && target.type != folders::FolderType::Private)
    throw ApiError(cal::kClassMove, {folder_text(access_.id), folder_text(target.id)});
}

/// The event as it lies in the target.
EventData EventWriter::moved_to(const EventData& event, const Place& target) {
  EventData after = event;
  if (target.is_public) {
    if (!place_.is_public && !cancels_for_all(event)) refuse_as_attendee(event);
    after.folder = target.folder;
    after.calendar_user = {};
    for (Attendee& attendee : after.attendees) attendee.folder = {};
    return after;
  }
  after.folder = {};
  const UserId owner = target.calendar_user;
  if (!place_.is_public && owner == user_) {
    find_attendee(after, user_)->folder = target.folder;
    return after;
  }
  if (!place_.is_public) {
    if (is_scheduled(event)) throw ApiError(cal::kForbiddenChange, {event_text(event), "folder"});
    after.attendees.clear();
    after.organizer = organizer_in(target, people_);
  }
  if (find_attendee(after, owner) == nullptr)
    after.attendees.insert(after.attendees.begin(), calendar_user_line(people_, target));
  for (Attendee& attendee : after.attendees)
    if (is_internal_user(attendee))
      attendee.folder = attendee.entity == owner.value ? target.folder
                                                       : people_.load_user(UserId(attendee.entity)).calendar;
  after.calendar_user =
      after.organizer && after.organizer->entity != 0 ? UserId(after.organizer->entity) : owner;
  if (store::is_uid_taken(connection_, caller_.context, event.uid, std::array{owner}, event.id))
    throw ApiError(cal::kUidConflict, {event.uid});
  return after;
}

void EventWriter::move(const EventRef& ref, FolderId target) {
  check_writable_calendar(target);
  const Target named = load(ref);
  if (named.occurrence || is_exception(named.event)) throw ApiError(cal::kOccurrenceMove);
  const EventData& event = named.event;
  if (is_series_master(event))
    throw ApiError(cal::kSeriesMove, {event_text(event), folder_text(place_.folder), folder_text(target)});
  check_known(event);
  if (target == place_.folder) return updated_.push_back(event.id);
  const folders::FolderAccess access = load_calendar_folder(connection_, caller_, target);
  check_move(event, access);
  EventData after = moved_to(event, place_of(access, caller_));
  sign(after);
  shown_in_ = target;
  replace(event, after, ChangeKind::Moved);
  deleted_.push_back({place_.folder, event.id, {}});
  created_.push_back(event.id);
}

/// Who shall organize it, as a line among the attendees.
Attendee EventWriter::organizer_line(const EventData& event, const CalendarUser& organizer) {
  UserId user(organizer.entity);
  if (!user) {
    std::string address = address_of_uri(organizer.uri);
    if (address.empty()) address = organizer.email;
    user = people_.user_with(address).value_or(UserId());
  }
  if (!user || people_.find_user(user) == nullptr)
    throw ApiError(cal::kBadCalendarUser,
                   {organizer.uri.empty() ? std::to_string(organizer.entity) : organizer.uri});
  if (const Attendee* there = find_attendee(event, user)) return *there;
  const Person& person = people_.load_user(user);
  Place place = place_;
  place.calendar_user = user;
  place.folder = person.calendar;
  return calendar_user_line(people_, place);
}

void EventWriter::check_organizer_change(const EventData& event) const {
  const auto refuse = [&] { throw ApiError(cal::kForbiddenChange, {event_text(event), "organizer"}); };
  if (!work_.settings().calendar.organizer_changes) refuse();
  if (!place_.is_public && !is_organizer(event, user_)) refuse_as_attendee(event);
  const bool has_outsiders =
      std::any_of(event.attendees.begin(), event.attendees.end(),
                  [](const Attendee& each) { return store::kind_of(each) == store::Kind::Outside; });
  if (has_outsiders || !event.organizer || event.organizer->entity == 0) refuse();
}

void EventWriter::hand_over(EventEdit& edit, std::vector<EventData> exceptions, const Attendee& organizer) {
  EventData& after = edit.after;
  after.organizer = static_cast<const CalendarUser&>(organizer);
  after.organizer->sent_by_uri.clear();
  after.organizer->sent_by_entity = 0;
  if (find_attendee(after, UserId(organizer.entity)) == nullptr) after.attendees.push_back(organizer);
  if (!after.folder) after.calendar_user = UserId(organizer.entity);
  edit.attendees = compare_attendees(edit.before.attendees, after.attendees);
  edit.changed.set(EventField::Organizer);
  ++after.sequence;
  sign(after);
  for (EventData& exception : exceptions) {
    EventEdit::Exception change{exception, exception, true};
    inherit_from_master(change.after, edit.before, after);
    change.after.calendar_user = after.calendar_user;
    ++change.after.sequence;
    sign(change.after);
    edit.exceptions.push_back(std::move(change));
  }
}

void EventWriter::change_organizer(const EventRef& ref, const CalendarUser& organizer) {
  const Target target = load(ref);
  const bool is_part = target.occurrence || target.master;
  if (is_part && !options_.this_and_future) throw ApiError(cal::kDifferentOrganizers);
  const EventData& event = target.master ? *target.master : target.event;
  check_write(event);
  check_known(target.event);
  check_organizer_change(event);
  const Attendee line = organizer_line(event, organizer);
  if (event.organizer->entity == line.entity) return updated_.push_back(event.id);
  if (store::is_uid_taken(connection_, caller_.context, event.uid, std::array{UserId(line.entity)}, event.id))
    throw ApiError(cal::kUidConflict, {event.uid});
  EventEdit edit;
  edit.before = event;
  std::vector<EventData> exceptions = load_exceptions(event);
  if (!is_part) {
    edit.after = event;
    hand_over(edit, std::move(exceptions), line);
    return write(edit);
  }
  const EventTime at = target.occurrence ? *target.occurrence : *target.event.recurrence_id;
  std::vector<EventData> earlier_exceptions;
  auto earlier = cut_off(edit, at, exceptions, earlier_exceptions);
  edit.after = edit.before;
  hand_over(edit, std::move(exceptions), line);
  if (earlier && first_occurrence(*earlier)) store_earlier(edit, event, *earlier, earlier_exceptions);
  write(edit);
}

CalendarResult move(UnitOfWork& work, const EventRef& ref, FolderId target, const WriteOptions& options) {
  CalendarResult result;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, ref.folder, options);
    writer.move(ref, target);
    result = writer.finish();
  });
  return result;
}

CalendarResult change_organizer(UnitOfWork& work, const EventRef& ref, const CalendarUser& organizer,
                                const WriteOptions& options) {
  CalendarResult result;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, ref.folder, options);
    writer.change_organizer(ref, organizer);
    result = writer.finish();
  });
  return result;
}

}  // namespace gw::model::calendar
