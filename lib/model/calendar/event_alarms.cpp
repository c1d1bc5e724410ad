// Alarms of the calendar user: replaced, acknowledged, put off. Source: spec chronos section 9.
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"

namespace gw::model::calendar {
namespace {

/// Units: an alarm is put off by a second at least and a year at most.
constexpr Milliseconds kShortestSnooze{1'000}, kLongestSnooze{366LL * 86'400'000};

[[noreturn]] void refuse_alarm(std::int64_t alarm, const EventRef& ref) {
  throw ApiError(errors::cal::kAlarmNotFound, {std::to_string(alarm), std::to_string(ref.event.value)});
}

}  // namespace

void EventWriter::store_alarms(const EventData& event, std::span<const Alarm> alarms) {
  store::replace_alarms(connection_, caller_.context, event.id, user_, alarms);
  touch(event);
  settle_alarms(event);
  updated_.push_back(event.id);
}

void EventWriter::update_alarms(const EventRef& ref, std::span<const Alarm> alarms) {
  const Target target = load(ref);
  check_answer(target.event);
  check_known(target.event);
  const auto changed = changed_alarms(alarms, own_alarms(target.event.id), transaction_);
  if (!changed) return updated_.push_back(target.event.id);
  if (!target.occurrence) return store_alarms(target.event, *changed);
  const EventData exception = new_exception(target.event, *target.occurrence);
  store_exception(target.event, exception, identified_alarms(alarms, {}, transaction_));
}

/// Of an occurrence without exception the alarm is that of the series.
void EventWriter::acknowledge_alarm(const EventRef& ref, std::int64_t alarm, Millis at) {
  const EventData event = load(ref).event;
  check_answer(event);
  std::vector<Alarm> alarms = own_alarms(event.id);
  if (!acknowledge(alarms, alarm, at)) refuse_alarm(alarm, ref);
  store_alarms(event, alarms);
}

std::int64_t EventWriter::snooze_alarm(const EventRef& ref, std::int64_t alarm, Millis at, Millis until) {
  const EventData event = load(ref).event;
  check_answer(event);
  const std::vector<Alarm> stored = own_alarms(event.id);
  std::vector<Alarm> alarms = stored;
  if (!snooze(alarms, alarm, at, until)) refuse_alarm(alarm, ref);
  const std::vector<Alarm> changed = identified_alarms(alarms, stored, transaction_);
  store_alarms(event, changed);
  return changed.back().id;
}

CalendarResult update_alarms(UnitOfWork& work, const EventRef& ref, std::span<const Alarm> alarms,
                             const WriteOptions& options) {
  check_alarms(alarms);
  CalendarResult result;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, ref.folder, options);
    writer.update_alarms(ref, alarms);
    result = writer.finish();
  });
  return result;
}

CalendarResult acknowledge_alarm(UnitOfWork& work, const EventRef& ref, std::int64_t alarm) {
  CalendarResult result;
  const WriteOptions options;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, ref.folder, options);
    writer.acknowledge_alarm(ref, alarm, work.now());
    result = writer.finish();
  });
  return result;
}

CalendarResult snooze_alarm(UnitOfWork& work, const EventRef& ref, std::int64_t alarm, Milliseconds time) {
  if (time < kShortestSnooze || time > kLongestSnooze)
    throw ApiError(errors::cal::kBadAlarm, {std::to_string(time.count()) + " ms"});
  CalendarResult result;
  const WriteOptions options;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, ref.folder, options);
    writer.snooze_alarm(ref, alarm, work.now(), {work.now().value + time.count()});
    result = writer.finish();
  });
  return result;
}

}  // namespace gw::model::calendar
