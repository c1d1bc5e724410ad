#include "model/calendar/alarm_triggers.hpp"

#include <algorithm>
#include <utility>

#include "core/random.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::int64_t kMillisOfSecond = 1'000;

bool is_acknowledged(const Alarm& alarm, Millis due) {
  return alarm.acknowledged && *alarm.acknowledged >= due;
}

Millis relative_due(const Alarm& alarm, Millis from, Millis until) {
  return {(alarm.is_related_to_end ? until : from).value + *alarm.offset_seconds * kMillisOfSecond};
}

std::optional<DueTime> due_once(const EventData& event, const Alarm& alarm, const TimeZone& viewer,
                                Millis now) {
  const Millis until = instant_of(event.end, viewer);
  const Millis at = alarm.at ? *alarm.at : relative_due(alarm, instant_of(event.start, viewer), until);
  if (is_acknowledged(alarm, at) || std::max(at, until) < now) return std::nullopt;
  return DueTime{at, event.recurrence_id};
}

std::optional<DueTime> due_in_series(const EventData& master, const Alarm& alarm, const TimeZone& viewer,
                                     Millis now, std::span<const EventTime> left_out) {
  const std::int64_t duration = duration_of(master).count();
  if (alarm.at) {
    if (is_acknowledged(alarm, *alarm.at)) return std::nullopt;
    const auto nearest = next_occurrence(master, {now.value - duration}, viewer, left_out);
    if (!nearest && *alarm.at < now) return std::nullopt;
    return DueTime{*alarm.at, nearest ? std::optional(nearest->recurrence_id) : std::nullopt};
  }
  const std::int64_t offset =
      *alarm.offset_seconds * kMillisOfSecond + (alarm.is_related_to_end ? duration : 0);
  // The first that is neither over nor acknowledged. The length of a day may differ by an hour where clocks
  // change, so what is found from an hour before is looked at one by one.
  constexpr std::int64_t kHourOfMillis = 3'600'000;
  std::int64_t from = now.value - std::max(offset, duration) - kHourOfMillis;
  if (alarm.acknowledged) from = std::max(from, alarm.acknowledged->value - offset - kHourOfMillis);
  while (const auto next = next_occurrence(master, {from}, viewer, left_out)) {
    const Millis at = relative_due(alarm, next->from, next->until);
    if (!is_acknowledged(alarm, at) && std::max(at, next->until) >= now)
      return DueTime{at, next->recurrence_id};
    from = next->from.value + 1;
  }
  return std::nullopt;
}

bool reminds(const EventData& event, UserId user) {
  if (event.status == EventStatus::Cancelled) return false;
  const Attendee* line = find_attendee(event, user);
  return line == nullptr || (!line->is_hidden && line->part_stat != PartStat::Declined);
}

/// Alarms stay with those who take part, and in public folders with whoever set them.
bool keeps_alarms(const EventData& event, UserId user) {
  return event.folder || find_attendee(event, user) != nullptr;
}

auto find_alarm_in(std::vector<Alarm>& alarms, std::int64_t id) {
  return std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& each) { return each.id == id; });
}
auto find_alarm_in(std::vector<Alarm>& alarms, const std::string& uid) {
  return std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& each) { return each.uid == uid; });
}

bool is_same_text_of(const Json& a, const Json& b) {
  const bool a_empty = a.is_missing() || a.size() == 0, b_empty = b.is_missing() || b.size() == 0;
  return a_empty || b_empty ? a_empty == b_empty : a.equals(b);
}

bool is_same_alarm(const Alarm& sent, const Alarm& stored) {
  return (sent.id == 0 || sent.id == stored.id) && (sent.uid.empty() || sent.uid == stored.uid) &&
         sent.action == stored.action && sent.offset_seconds == stored.offset_seconds &&
         sent.is_related_to_end == stored.is_related_to_end && sent.at == stored.at &&
         sent.acknowledged == stored.acknowledged && sent.related_uid == stored.related_uid &&
         sent.description == stored.description && sent.summary == stored.summary &&
         sent.attendees == stored.attendees && is_same_text_of(sent.rest, stored.rest);
}

}  // namespace

std::optional<DueTime> next_due(const EventData& event, const Alarm& alarm, const TimeZone& viewer,
                                Millis now, std::span<const EventTime> left_out) {
  if (!alarm.at && !alarm.offset_seconds) return std::nullopt;
  return is_series_master(event) ? due_in_series(event, alarm, viewer, now, left_out)
                                 : due_once(event, alarm, viewer, now);
}

std::vector<store::Trigger> triggers_of(const EventData& event,
                                        const std::map<UserId, std::vector<Alarm>>& alarms,
                                        std::span<const EventTime> left_out, People& people, Millis now) {
  std::vector<store::Trigger> triggers;
  for (const auto& [user, list] : alarms) {
    if (!reminds(event, user)) continue;
    const FolderId folder = folder_for(event, user);
    const TimeZone zone = people.zone_of(user);
    if (!folder) continue;
    for (const Alarm& alarm : list) {
      const auto due = next_due(event, alarm, zone, now, left_out);
      if (!due) continue;
      const std::string occurrence = due->recurrence_id ? format_time(*due->recurrence_id) : std::string();
      triggers.push_back({user, alarm.id, event.id, occurrence, due->at, alarm.action, folder});
    }
  }
  return triggers;
}

void settle_due_times(Transaction& transaction, const EventData& event, People& people) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = people.context();
  auto alarms = store::load_alarms(connection, context, event.id);
  std::erase_if(alarms, [&](const auto& each) {
    if (keeps_alarms(event, each.first)) return false;
    store::replace_alarms(connection, context, event.id, each.first, {});
    return true;
  });
  std::vector<EventTime> left_out;
  if (!alarms.empty() && is_series_master(event))
    for (store::EventRow& row : store::exceptions_of(connection, context, std::span(&event.id, 1),
                                                     {.texts = false, .attendees = false}))
      left_out.push_back(std::move(*row.event.recurrence_id));
  store::replace_triggers(connection, context, event.id,
                          triggers_of(event, alarms, left_out, people, transaction.work().now()));
}

std::vector<Alarm> identified_alarms(std::span<const Alarm> sent, std::span<const Alarm> stored,
                                     Transaction& transaction) {
  std::vector<Alarm> alarms;
  std::vector<std::int64_t> used;
  for (const Alarm& alarm : sent) {
    Alarm& made = alarms.emplace_back(alarm);
    const auto before = std::find_if(stored.begin(), stored.end(), [&](const Alarm& each) {
      return (alarm.id != 0 && each.id == alarm.id) || (!alarm.uid.empty() && each.uid == alarm.uid);
    });
    if (before != stored.end() && std::find(used.begin(), used.end(), before->id) == used.end()) {
      made.id = before->id;
      made.uid = before->uid;
    } else {
      made.id = transaction.next_id();
    }
    if (made.uid.empty()) made.uid = random_uuid();
    used.push_back(made.id);
  }
  return alarms;
}

std::optional<std::vector<Alarm>> changed_alarms(std::span<const Alarm> sent, std::span<const Alarm> stored,
                                                 Transaction& transaction) {
  // Clients send back what they were given: by number and in the same order.
  if (std::equal(sent.begin(), sent.end(), stored.begin(), stored.end(), is_same_alarm)) return std::nullopt;
  return identified_alarms(sent, stored, transaction);
}

std::vector<Alarm> copied_alarms(std::span<const Alarm> alarms, Transaction& transaction) {
  std::vector<Alarm> copies(alarms.begin(), alarms.end());
  for (Alarm& copy : copies) {
    const std::string old = std::exchange(copy.uid, random_uuid());
    copy.id = transaction.next_id();
    for (Alarm& other : copies)
      if (!old.empty() && other.related_uid == old) other.related_uid = copy.uid;
  }
  return copies;
}

bool acknowledge(std::vector<Alarm>& alarms, std::int64_t alarm, Millis now) {
  const auto found = find_alarm_in(alarms, alarm);
  if (found == alarms.end()) return false;
  found->acknowledged = now;
  if (found->related_uid.empty()) {
    // What was put off is done with the alarm itself.
    const std::string uid = found->uid;
    std::erase_if(alarms, [&](const Alarm& each) { return each.related_uid == uid; });
    return true;
  }
  const std::string original = found->related_uid;
  alarms.erase(found);
  if (const auto other = find_alarm_in(alarms, original); other != alarms.end()) other->acknowledged = now;
  return true;
}

bool snooze(std::vector<Alarm>& alarms, std::int64_t alarm, Millis now, Millis at) {
  const auto found = find_alarm_in(alarms, alarm);
  if (found == alarms.end()) return false;
  Alarm again = *found;
  if (again.related_uid.empty()) again.related_uid = found->uid;
  if (const auto original = find_alarm_in(alarms, again.related_uid); original != alarms.end())
    original->acknowledged = now;
  const bool is_orphan =
      !found->related_uid.empty() && find_alarm_in(alarms, found->related_uid) == alarms.end();
  std::erase_if(alarms, [&](const Alarm& each) { return each.related_uid == again.related_uid; });
  if (is_orphan) again.related_uid.clear();
  again.id = 0;
  again.uid.clear();
  again.offset_seconds.reset();
  again.is_related_to_end = false;
  again.at = at;
  again.acknowledged.reset();
  alarms.push_back(std::move(again));
  return true;
}

}  // namespace gw::model::calendar
