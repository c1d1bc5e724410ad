// Changing events: single ones, whole series, one occurrence, this and all later ones.
#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/random.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_conflicts.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/series_edits.hpp"

namespace gw::model::calendar {
namespace {

/// Who is in the way matters when somebody comes or the event takes other time.
bool needs_conflict_check(const EventEdit& edit) {
  if (edit.is_new_exception && edit.is_rescheduled) return true;
  const EventFields of_time{EventField::StartDate,
                            EventField::EndDate,
                            EventField::Rrule,
                            EventField::RecurrenceDates,
                            EventField::DeleteExceptionDates,
                            EventField::Transp,
                            EventField::Status};
  return edit.changed.has_any(of_time) || !edit.attendees.added.empty();
}

std::vector<EventTime> starts_left_out(const EventEdit& edit) {
  std::vector<EventTime> starts;
  for (const EventEdit::Exception& exception : edit.exceptions)
    starts.push_back(*exception.after.recurrence_id);
  return starts;
}

std::vector<CalendarUser> as_users(const std::vector<Attendee>& attendees) {
  return {attendees.begin(), attendees.end()};
}

}  // namespace

bool EventWriter::passes_conflicts(const EventData& event, std::span<const EventTime> left_out) {
  store::guard_resources(connection_, caller_.context, resources_of(event), stamp_);
  const ConflictCheck check{.event = event, .left_out = left_out, .with_users = options_.check_conflicts};
  for (Conflict& conflict : find_conflicts(work_, check)) conflicts_.push_back(std::move(conflict));
  std::stable_partition(conflicts_.begin(), conflicts_.end(),
                        [](const Conflict& each) { return each.is_hard; });
  if (conflicts_.size() > kMostConflicts) conflicts_.resize(kMostConflicts);
  return conflicts_.empty();
}

bool EventWriter::passes_conflicts(const EventEdit& edit) {
  if (!needs_conflict_check(edit)) return true;
  bool passes = passes_conflicts(edit.after, starts_left_out(edit));
  for (const EventEdit::Exception& exception : edit.exceptions) {
    const bool comes_anew = differs_in_time(exception.before, exception.after) ||
                            exception.after.attendees.size() > exception.before.attendees.size();
    if (exception.changes && comes_anew) passes = passes_conflicts(exception.after, {}) && passes;
  }
  return passes;
}

void EventWriter::write(EventEdit& edit) {
  if (edit.alarms) store::replace_alarms(connection_, caller_.context, edit.after.id, user_, *edit.alarms);
  for (const EventData& gone : edit.dropped) erase(gone);
  write_exceptions(edit);
  replace(edit.before, edit.after);
  updated_.push_back(edit.after.id);
  for (const EventEdit::Exception& exception : edit.exceptions)
    if (exception.changes && lies_in(exception.after, access_)) updated_.push_back(exception.after.id);
  if (!acts_as_organizer(edit.before)) {
    schedule_reply(edit.before, edit.after);
    return;
  }
  schedule_change(edit);
  std::vector<CalendarUser> removed = as_users(edit.attendees.removed);
  // Elsewhere it ends with the earlier part, which they are told.
  if (edit.is_cut_off) std::erase_if(removed, [](const CalendarUser& user) { return user.entity == 0; });
  schedule_cancel(edit.before, std::move(removed));
}

/// Original starts are unique in a series: who moves to the place of another is written after that one has
/// left it.
void EventWriter::write_exceptions(EventEdit& edit) {
  const auto goes_later = [](const EventEdit::Exception& each) {
    return each.after.recurrence_id->local > each.before.recurrence_id->local;
  };
  if (std::any_of(edit.exceptions.begin(), edit.exceptions.end(), goes_later))
    std::reverse(edit.exceptions.begin(), edit.exceptions.end());
  for (const EventEdit::Exception& exception : edit.exceptions)
    if (exception.changes) replace(exception.before, exception.after);
}

void EventWriter::update(const EventRef& ref, const EventInput& input) {
  Target target = load(ref);
  check_write(target.event);
  check_known(target.event);
  if (options_.this_and_future) {
    if (target.occurrence) return update_from_here(target.event, *target.occurrence, input);
    if (target.master) return update_from_here(*target.master, *target.event.recurrence_id, input);
  }
  if (target.occurrence) return update_occurrence(target.event, *target.occurrence, input);
  EventEdit edit;
  edit.before = std::move(target.event);
  std::vector<EventData> exceptions;
  if (is_series_master(edit.before)) exceptions = load_exceptions(edit.before);
  plan(edit, input, std::move(exceptions), target.master ? &*target.master : nullptr);
  if (edit.is_nothing()) {
    updated_.push_back(edit.before.id);
    return;
  }
  if (passes_conflicts(edit)) write(edit);
}

void EventWriter::update_occurrence(const EventData& master, const EventTime& original_start,
                                    const EventInput& input) {
  EventEdit edit;
  edit.before = new_exception(master, original_start);
  edit.is_new_exception = true;
  plan(edit, input, {}, &master);
  if (edit.is_nothing()) {
    // Files that are to come need an event of their own.
    if (!input.sent.has(EventField::Attachments)) return updated_.push_back(master.id);
    sign(edit.after);
  }
  if (!passes_conflicts(edit)) return;
  store_exception(master, edit.after, edit.alarms);
  if (acts_as_organizer(master)) {
    schedule_change(edit);
    schedule_cancel(edit.before, as_users(edit.attendees.removed));
  } else {
    schedule_reply(edit.before, edit.after);
  }
}

/// A new exception with the alarms of its series.
void EventWriter::store_exception(const EventData& master, const EventData& exception,
                                  const std::optional<std::vector<Alarm>>& alarms) {
  AlarmsByUser all;
  for (const auto& [user, list] : store::load_alarms(connection_, caller_.context, master.id))
    all[user] = copied_alarms(list, transaction_);
  if (alarms) all[user_] = *alarms;
  insert(exception, all);
  touch(master);
  settle_alarms(master);
  if (lies_in(exception, access_)) created_.push_back(exception.id);
  updated_.push_back(master.id);
}

std::optional<EventData> EventWriter::cut_off(EventEdit& edit, const EventTime& at,
                                              std::vector<EventData>& exceptions,
                                              std::vector<EventData>& earlier_exceptions) {
  SplitSeries parts = split_series(edit.before, at);
  if (parts.state == recurrence::SplitState::IsFirst) return std::nullopt;
  if (parts.state == recurrence::SplitState::NoHit)
    throw ApiError(errors::cal::kBadSplit, {std::to_string(edit.before.id.value), format_recurrence_id(at)});
  const LocalTime point = parts.later.start.local;
  const auto is_later = [&](const EventData& exception) { return exception.recurrence_id->local >= point; };
  const auto middle = std::stable_partition(exceptions.begin(), exceptions.end(), is_later);
  earlier_exceptions.assign(middle, exceptions.end());
  exceptions.erase(middle, exceptions.end());
  parts.earlier.related_to = parts.later.related_to = random_uuid();
  edit.before = std::move(parts.later);
  return std::move(parts.earlier);
}

/// Two series of one: the earlier part is a new event, the later one keeps its id, so links to what is to
/// come last.
void EventWriter::update_from_here(const EventData& master, const EventTime& original_start,
                                   const EventInput& input) {
  if (!lies_in(master, access_)) throw ApiError(errors::cal::kNotFound, {std::to_string(master.id.value)});
  if (!acts_as_organizer(master)) refuse_as_attendee(master);
  EventEdit edit;
  edit.before = master;
  std::vector<EventData> exceptions = load_exceptions(master), earlier_exceptions;
  auto earlier = cut_off(edit, original_start, exceptions, earlier_exceptions);
  plan(edit, input, std::move(exceptions), nullptr);
  if (!earlier) {
    if (edit.is_nothing())
      updated_.push_back(master.id);
    else if (passes_conflicts(edit))
      write(edit);
    return;
  }
  if (edit.is_nothing()) sign(edit.after);
  if (edit.after.sequence == master.sequence) ++edit.after.sequence;
  if (!passes_conflicts(edit)) return;
  // Of a part whose dates were all deleted nothing is left to store.
  if (first_occurrence(*earlier)) store_earlier(edit, master, *earlier, earlier_exceptions);
  write(edit);
}

/// The part of a series that was cut off.
void EventWriter::store_earlier(EventEdit& edit, const EventData& master, EventData& earlier,
                                const std::vector<EventData>& exceptions) {
  edit.is_cut_off = true;
  edit.after.uid = random_uuid();
  edit.after.filename.reset();
  for (EventEdit::Exception& exception : edit.exceptions) {
    exception.after.uid = edit.after.uid;
    exception.changes = true;
    sign(exception.after);
  }
  earlier.id = ObjectId(transaction_.next_id());
  earlier.series = earlier.id;
  ++earlier.sequence;
  sign(earlier);
  for (const EventData& exception : exceptions) {
    EventData moved = exception;
    moved.series = earlier.id;
    moved.related_to = earlier.related_to;
    sign(moved);
    replace(exception, moved);
  }
  AlarmsByUser alarms;
  for (const auto& [user, list] : store::load_alarms(connection_, caller_.context, master.id))
    alarms[user] = copied_alarms(list, transaction_);
  insert(earlier, alarms);
  created_.push_back(earlier.id);
  if (!is_scheduled(earlier) || !earlier.organizer) return;
  // It ends sooner, and all answers stand. Users of this server see that.
  std::vector<CalendarUser> elsewhere;
  for (const Attendee& attendee : earlier.attendees)
    if (attendee.entity == 0) elsewhere.push_back(attendee);
  schedule(SchedulingMethod::Request, earlier, std::move(elsewhere), {EventField::Rrule});
}

CalendarResult update(Transaction& transaction, const EventRef& ref, const EventInput& input,
                      const WriteOptions& options) {
  check_sent(input);
  EventWriter writer(transaction, ref.folder, options);
  writer.update(ref, input);
  return writer.finish();
}

CalendarResult update(UnitOfWork& work, const EventRef& ref, const EventInput& input,
                      const WriteOptions& options) {
  CalendarResult result;
  work.write([&](Transaction& transaction) { result = update(transaction, ref, input, options); });
  return result;
}

}  // namespace gw::model::calendar
