// Rows of events, what goes along with them, and the answer of a write.
#include "model/calendar/event_writer.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/event_audience.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/account_folders.hpp"
#include "model/scheduling/outbox.hpp"

namespace gw::model::calendar {
namespace {

/// Who takes part may answer even where he does not see the folder: it then gives him no rights.
folders::FolderAccess access_to(Transaction& transaction, FolderId folder) {
  check_writable_calendar(folder);
  transaction.stamp();
  auto access = folders::find_access(transaction.connection(), transaction.work().caller(), folder);
  if (access && access->module == ObjectModule::Calendar) return std::move(*access);
  return {.id = folder, .module = ObjectModule::System, .type = folders::FolderType::Public};
}

std::vector<std::int64_t> users_who_see(const EventData& event) {
  std::vector<std::int64_t> users;
  for (const Attendee& attendee : event.attendees)
    if (is_internal_user(attendee) && !attendee.is_hidden) users.push_back(attendee.entity);
  std::sort(users.begin(), users.end());
  return users;
}

}  // namespace

void check_writable_calendar(FolderId folder) {
  if (folders::is_account_folder(folder))
    throw ApiError(errors::cal::kNotByProvider, {folder == folders::kBirthdayFolder ? "birthdays" : "ical"});
}

std::vector<EventTime> original_starts(std::span<const EventData> exceptions) {
  std::vector<EventTime> starts;
  for (const EventData& exception : exceptions)
    if (exception.recurrence_id) starts.push_back(*exception.recurrence_id);
  return starts;
}

bool EventEdit::is_nothing() const {
  const bool follows = std::any_of(exceptions.begin(), exceptions.end(),
                                   [](const Exception& exception) { return exception.changes; });
  return changed.is_empty() && !attendees.is_any && !alarms && !follows && dropped.empty();
}

EventWriter::EventWriter(Transaction& transaction, FolderId folder, const WriteOptions& options)
    : EventWriter(transaction, access_to(transaction, folder), options) {}

EventWriter::EventWriter(Transaction& transaction, folders::FolderAccess folder, const WriteOptions& options)
    : transaction_(transaction),
      work_(transaction.work()),
      connection_(transaction.connection()),
      caller_(work_.caller()),
      options_(options),
      stamp_(transaction.stamp()),
      access_(std::move(folder)),
      place_(place_of(access_, caller_)),
      user_(place_.calendar_user),
      people_(work_),
      shown_in_(place_.folder) {}

void EventWriter::require_folder() const {
  if (access_.module != ObjectModule::Calendar) load_calendar_folder(connection_, caller_, place_.folder);
}

void EventWriter::sign(EventData& event) const {
  event.timestamp = stamp_;
  event.last_modified = stamp_;
  event.modified_by = caller_.user;
}

void EventWriter::insert(const EventData& event, const AlarmsByUser& alarms) {
  store::insert(connection_, caller_.context, event);
  for (const auto& [user, list] : alarms)
    if (!list.empty()) store::replace_alarms(connection_, caller_.context, event.id, user, list);
  if (!alarms.empty()) settle_alarms(event);
  raise_change(transaction_, ChangeKind::Created, place_.folder, nullptr, &event);
}

void EventWriter::replace(const EventData& before, const EventData& after, ChangeKind kind) {
  const bool same = before.attendees == after.attendees;
  store::update(connection_, caller_.context, after,
                same ? store::Attendees::Keep : store::Attendees::Replace);
  // What it came with as iCalendar tells something else now.
  store::drop_original(connection_, caller_.context, after.id);
  settle_tombstones(transaction_, &before, &after);
  touch_series_of(before, after);
  settle_alarms(after);
  const bool moves = kind == ChangeKind::Moved;
  raise_change(transaction_, kind, shown_in_, &before, &after, moves ? place_.folder : FolderId{});
}

void EventWriter::touch(const EventData& event) {
  store::touch(connection_, caller_.context, event.id, stamp_);
  raise_change(transaction_, ChangeKind::Updated, place_.folder, &event, &event);
}

void EventWriter::touch_series_of(const EventData& before, const EventData& after) {
  if (is_exception(after) && users_who_see(before) != users_who_see(after))
    store::touch(connection_, caller_.context, after.series, stamp_);
}

void EventWriter::erase(const EventData& event) {
  attachments::remove_with_parents(transaction_, caller_.context, attachments::ParentModule::Appointment,
                                   std::span(&event.id, 1));
  store::remove(connection_, caller_.context, std::span(&event.id, 1));
  settle_tombstones(transaction_, &event, nullptr);
  raise_change(transaction_, ChangeKind::Deleted, place_.folder, &event, nullptr);
  deleted_.push_back({place_.folder, event.id, event.recurrence_id});
}

void EventWriter::settle_alarms(const EventData& event) { settle_due_times(transaction_, event, people_); }

void EventWriter::schedule(SchedulingMethod method, const EventData& event,
                           std::vector<CalendarUser> recipients, EventFields changed, bool is_new) {
  // What somebody elsewhere organizes is told by him.
  const bool is_of_attendee = method == SchedulingMethod::Reply || method == SchedulingMethod::Counter ||
                              method == SchedulingMethod::Refresh;
  if (!is_of_attendee && event.organizer && event.organizer->entity == 0) return;
  CalendarUser originator;
  if (is_of_attendee) {
    if (const Attendee* line = find_attendee(event, user_)) originator = *line;
  } else if (event.organizer) {
    originator = *event.organizer;
  }
  schedule_from(originator, method, event, std::move(recipients), changed, is_new);
}

void EventWriter::schedule_from(const CalendarUser& originator, SchedulingMethod method,
                                const EventData& event, std::vector<CalendarUser> recipients,
                                EventFields changed, bool is_new) {
  if (work_.environment().scheduling == nullptr || recipients.empty()) return;
  SchedulingEvent scheduled;
  scheduled.context = caller_.context;
  scheduled.actor = caller_.user;
  scheduled.method = method;
  scheduled.originator = originator;
  scheduled.event = event;
  scheduled.recipients = std::move(recipients);
  scheduled.changed = changed;
  scheduled.is_new = is_new;
  scheduled.sequence = event.sequence;
  scheduled.comment = options_.comment;
  scheduled.notifies_internal = options_.notify_internal;
  if (method == SchedulingMethod::Request && is_series_master(event))
    scheduled.exceptions = load_exceptions(event);
  scheduling_.push_back(std::move(scheduled));
}

void EventWriter::schedule_request(const EventData& event, EventFields changed) {
  if (!is_scheduled(event) || !event.organizer) return;
  std::vector<CalendarUser> recipients;
  for (const Attendee& attendee : event.attendees)
    if (!stands_for(attendee, *event.organizer)) recipients.push_back(attendee);
  schedule(SchedulingMethod::Request, event, std::move(recipients), changed, true);
}

void EventWriter::schedule_change(const EventEdit& edit) {
  const EventData& event = edit.after;
  if (!is_scheduled(event) || !event.organizer) return;
  const bool is_notable = edit.changed.has_any(announced_members());
  if (!is_notable && !edit.attendees.is_any && !edit.is_cut_off) return;
  std::vector<CalendarUser> invited, others;
  for (const Attendee& attendee : event.attendees) {
    if (stands_for(attendee, *event.organizer)) continue;
    const auto& added = edit.attendees.added;
    const bool is_new = std::any_of(added.begin(), added.end(),
                                    [&](const Attendee& each) { return is_same_attendee(each, attendee); });
    // Users of this server see who else comes; people elsewhere know only what they are told.
    if (!is_new && !is_notable && attendee.entity != 0) continue;
    (is_new ? invited : others).push_back(attendee);
  }
  schedule(SchedulingMethod::Request, event, std::move(invited), EventFields::all(), true);
  schedule(SchedulingMethod::Request, event, std::move(others), edit.changed);
}

void EventWriter::schedule_cancel(const EventData& event, std::vector<CalendarUser> recipients) {
  EventData last = event;
  // RFC 5546 section 3.2.5: it counts as a change of the event.
  ++last.sequence;
  last.last_modified = stamp_;
  schedule(SchedulingMethod::Cancel, last, std::move(recipients), EventFields::all());
}

void EventWriter::schedule_reply(const EventData& before, const EventData& after) {
  if (!after.organizer || after.organizer->entity == user_.value) return;
  const Attendee* was = find_attendee(before, user_);
  const Attendee* is = find_attendee(after, user_);
  if (is == nullptr) return;
  if (was != nullptr && was->part_stat == is->part_stat && was->comment == is->comment) return;
  schedule(SchedulingMethod::Reply, after, {*after.organizer}, {EventField::Attendees});
}

SeenEvent EventWriter::see(ObjectId id) {
  try {
    return get(work_, {shown_in_, id, {}}, options_.fields);
  } catch (const ApiError&) {
    // Who may write but not read learns which event it is, no more.
    SeenEvent seen;
    seen.event.id = id;
    seen.event.folder = shown_in_;
    seen.event.timestamp = stamp_;
    return seen;
  }
}

/// With `expand` and a range, occurrences stand for the series.
void EventWriter::show(std::vector<SeenEvent>& list, ObjectId id) {
  if (options_.expand && options_.range) {
    const auto stored = store::find(connection_, caller_.context, id);
    if (stored && is_series_master(stored->event)) {
      const auto left_out = original_starts(load_exceptions(stored->event));
      std::vector<EventRef> refs;
      for (const Occurrence& occurrence : occurrences_in(stored->event, {.range = *options_.range,
                                                                        .viewer = caller_.timezone,
                                                                        .left_out = left_out,
                                                                        .most = kMostEvents,
                                                                        .last_hit = stored->last_hit}))
        refs.push_back({shown_in_, id, occurrence.recurrence_id});
      for (SeenEvent& seen : list_refs(work_, refs, options_.fields)) list.push_back(std::move(seen));
      return;
    }
  }
  list.push_back(see(id));
}

CalendarResult EventWriter::finish() {
  CalendarResult result;
  result.timestamp = stamp_;
  if (!conflicts_.empty()) {
    result.conflicts = std::move(conflicts_);
    return result;
  }
  for (const ObjectId id : created_) show(result.created, id);
  for (const ObjectId id : updated_) show(result.updated, id);
  result.deleted = deleted_;
  for (const SchedulingEvent& event : scheduling_) scheduling::enqueue(transaction_, event);
  if (const SchedulingSink* sink = work_.environment().scheduling; sink != nullptr && !scheduling_.empty())
    transaction_.after_commit([sink, events = std::move(scheduling_)] {
      for (const SchedulingEvent& event : events) sink->take(event);
    });
  return result;
}

}  // namespace gw::model::calendar
