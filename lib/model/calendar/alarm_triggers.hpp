// When alarms are due next, and the index of due times. Every path that writes an event, an answer or an
// alarm ends here. Source: spec chronos section 9, RFC 9074 (acknowledged, snooze), users p25.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "model/calendar/calendar_people.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar {

struct DueTime {
  Millis at;
  std::optional<EventTime> recurrence_id;  ///< of a series: of which occurrence
};

/// The next time this alarm is due. Times that lie behind now together with the end of their event are over:
/// nobody is reminded of them. `left_out`: original starts of the series' exceptions. Errors: empty: never
/// again.
std::optional<DueTime> next_due(const EventData& event, const Alarm& alarm, const TimeZone& viewer,
                                Millis now, std::span<const EventTime> left_out);

/// Of all users. Declined, hidden and cancelled events remind nobody.
std::vector<store::Trigger> triggers_of(const EventData& event,
                                        const std::map<UserId, std::vector<Alarm>>& alarms,
                                        std::span<const EventTime> left_out, People& people, Millis now);

/// After any write of an event: alarms of users who take part no longer go, the due times of the others are
/// made anew. Cost: one select, and one more for series with alarms.
void settle_due_times(Transaction& transaction, const EventData& event, People& people);

/// Gives new alarms their ids and uids; those of `stored` that come again, by id or uid, keep theirs.
std::vector<Alarm> identified_alarms(std::span<const Alarm> sent, std::span<const Alarm> stored,
                                     Transaction& transaction);
/// The same, when what was sent differs from what is stored. Errors: empty when it does not.
std::optional<std::vector<Alarm>> changed_alarms(std::span<const Alarm> sent, std::span<const Alarm> stored,
                                                 Transaction& transaction);
/// Copies for another event: ids and uids of their own, the links of snoozed ones go along.
std::vector<Alarm> copied_alarms(std::span<const Alarm> alarms, Transaction& transaction);

/// The alarm is acknowledged. One that snoozed another goes, and the other is acknowledged for it.
/// Errors: false when there is no such alarm.
bool acknowledge(std::vector<Alarm>& alarms, std::int64_t alarm, Millis now);
/// The alarm comes again at `at`: a new alarm, in the place of one that snoozed the same before.
bool snooze(std::vector<Alarm>& alarms, std::int64_t alarm, Millis now, Millis at);

}  // namespace gw::model::calendar
