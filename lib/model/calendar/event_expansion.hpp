// Series as their occurrences. The only place that joins the recurrence engine with stored events.
// Source: spec chronos sections 6 and 8, calendar 4.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

/// One time a series takes place by its rule, dates and deleted dates.
struct Occurrence {
  EventTime recurrence_id;  ///< in the master's kind and zone
  EventTime start, end;
  Millis from, until;       ///< as instants in the viewer's zone
};

/// What is left out: original starts of exceptions that stand for themselves.
struct ExpandOptions {
  TimeRange range;
  const TimeZone& viewer;
  std::span<const EventTime> left_out;
  std::size_t most = kMostEvents;  ///< stops after as many
  /// Series with COUNT: start of the last hit, where it is known.
  std::optional<LocalTime> last_hit;
};

/// Overlapping the range, ascending by start. A master that is no series is its own only occurrence.
/// Cost: seeks; grows with what lies in the range.
std::vector<Occurrence> occurrences_in(const EventData& master, const ExpandOptions& options);
/// Whether the rule or a date of the series makes it, deleted dates counted as made or not.
bool is_occurrence(const EventData& master, const EventTime& recurrence_id, bool count_deleted = false);
/// The first and last; last is empty for endless series. Errors: empty when there is none at all.
std::optional<EventTime> first_occurrence(const EventData& master);
std::optional<EventTime> last_occurrence(const EventData& master);
/// The first that starts at or after (with `after_only`: after) this instant, for alarms.
std::optional<Occurrence> next_occurrence(const EventData& master, Millis at, const TimeZone& viewer,
                                          std::span<const EventTime> left_out);
/// The master moved to its occurrence: start, end, recurrence id; without rule and dates.
EventData occurrence_of(const EventData& master, const EventTime& recurrence_id);

/// The span for the time index. Units: ms UTC; floating and all-day ones widened for every zone; endless: kEndless.
struct EventSpan {
  Millis from, until;
  std::optional<LocalTime> last_hit;
};
EventSpan span_of(const EventData& event);

}  // namespace gw::model::calendar
