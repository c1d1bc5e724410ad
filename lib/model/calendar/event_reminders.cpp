#include "model/calendar/event_reminders.hpp"

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::model::calendar {
namespace {

using reminders::Reminder;
using EventsById = std::map<ObjectId, EventData>;

constexpr EventFields kWhen{EventField::SeriesId,  EventField::RecurrenceId,
                            EventField::StartDate, EventField::EndDate,
                            EventField::Rrule,     EventField::RecurrenceDates,
                            EventField::Timestamp, EventField::DeleteExceptionDates};

std::vector<AlarmTrigger> shown_alarms(UnitOfWork& work, Millis until) {
  if (!work.caller().modules.has(Module::Calendar)) return {};
  return pending_alarms(work, until, std::vector<std::string>{"DISPLAY", "AUDIO"});
}

void load_into(EventsById& events, UnitOfWork& work, std::span<const EventRef> refs) {
  for (SeenEvent& seen : list_refs(work, refs, kWhen)) events[seen.event.id] = std::move(seen.event);
}

/// What the caller can read of them, and the series of exceptions.
EventsById load_events(UnitOfWork& work, std::span<const AlarmTrigger> triggers) {
  EventsById events;
  std::vector<EventRef> refs;
  for (const AlarmTrigger& trigger : triggers) refs.push_back({trigger.folder, trigger.event, {}});
  load_into(events, work, refs);
  std::vector<EventRef> masters;
  for (const EventRef& ref : refs)
    if (const auto found = events.find(ref.event); found != events.end() && is_exception(found->second))
      masters.push_back({ref.folder, found->second.series, {}});
  load_into(events, work, masters);
  return events;
}

/// 0 for single events, and where classic clients cannot count to.
std::int64_t position_in_series(const EventsById& events, const EventData& event,
                                const AlarmTrigger& trigger) {
  const auto master = events.find(event.series);
  if (!trigger.recurrence_id || master == events.end() || !is_series_master(master->second)) return 0;
  const auto id = recurrence_id_of(in_terms_of(*trigger.recurrence_id, master->second.start));
  return recurrence::position_of(series_of(master->second), id).value_or(0);
}

std::vector<Reminder> reminders_of(UnitOfWork& work, std::span<const AlarmTrigger> triggers) {
  const EventsById events = load_events(work, triggers);
  std::vector<Reminder> found;
  for (const AlarmTrigger& trigger : triggers) {
    const auto event = events.find(trigger.event);
    if (event == events.end()) continue;
    Reminder& reminder = found.emplace_back();
    reminder.id = trigger.alarm;
    reminder.user_id = work.caller().user.value;
    reminder.module = static_cast<std::int64_t>(reminders::TargetModule::Appointment);
    reminder.target_id = trigger.event.value;
    reminder.folder = trigger.folder.value;
    reminder.alarm = trigger.at;
    reminder.recurrence_position = position_in_series(events, event->second, trigger);
    reminder.last_modified = event->second.timestamp;
  }
  return found;
}

EventRef ref_of(const store::Trigger& trigger) { return {trigger.folder, trigger.event, {}}; }

/// Who dismisses it before its time means this one, too.
Millis done_at(const Transaction& transaction, const store::Trigger& trigger) {
  return std::max(transaction.work().now(), trigger.at);
}

class EventReminders final : public reminders::ReminderSource {
 public:
  [[nodiscard]] reminders::TargetModule module() const override {
    return reminders::TargetModule::Appointment;
  }

  [[nodiscard]] std::vector<Reminder> list_due(UnitOfWork& work, Millis end) const override {
    // Alarms are asked for before a time, reminders until one.
    return reminders_of(work, shown_alarms(work, {end.value == INT64_MAX ? end.value : end.value + 1}));
  }

  [[nodiscard]] std::vector<Reminder> list_changed(UnitOfWork& work, Millis since) const override {
    auto changed = reminders_of(work, shown_alarms(work, {INT64_MAX}));
    std::erase_if(changed, [&](const Reminder& reminder) { return reminder.last_modified <= since; });
    return changed;
  }

  bool dismiss(Transaction& transaction, ObjectId id) const override {
    const auto trigger = find_due(transaction, id);
    if (!trigger) return false;
    const WriteOptions options;
    EventWriter writer(transaction, trigger->folder, options);
    writer.acknowledge_alarm(ref_of(*trigger), trigger->alarm, done_at(transaction, *trigger));
    return true;
  }

  std::optional<Reminder> put_off(Transaction& transaction, ObjectId id, Millis alarm) const override {
    const auto trigger = find_due(transaction, id);
    if (!trigger) return std::nullopt;
    UnitOfWork& work = transaction.work();
    const AlarmTrigger before{trigger->alarm,  trigger->event,
                              trigger->folder, parse_time(trigger->recurrence_id),
                              trigger->action, trigger->at};
    const auto shown = reminders_of(work, std::span(&before, 1));
    if (shown.empty()) return std::nullopt;
    const WriteOptions options;
    EventWriter writer(transaction, trigger->folder, options);
    Reminder moved = shown.front();
    moved.id = writer.snooze_alarm(ref_of(*trigger), trigger->alarm, done_at(transaction, *trigger), alarm);
    moved.alarm = alarm;
    moved.last_modified = transaction.stamp();
    return moved;
  }

 private:
  static std::optional<store::Trigger> find_due(Transaction& transaction, ObjectId id) {
    const Caller& caller = transaction.work().caller();
    if (!caller.modules.has(Module::Calendar)) return std::nullopt;
    return store::find_trigger(transaction.connection(), caller.context, caller.user, id.value);
  }
};

}  // namespace

const reminders::ReminderSource& event_reminder_source() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const EventReminders* const source = new EventReminders;
  return *source;
}

}  // namespace gw::model::calendar
