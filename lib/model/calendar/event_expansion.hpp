// Series as their occurrences: the only place that joins the recurrence engine with events.
// Source: spec chronos sections 6 and 8, calendar 4.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_data.hpp"
#include "recurrence/series.hpp"

namespace gw::model::calendar {

/// The event in the engine's terms; single events and unreadable rules give a series without rule.
/// `overridden`: original starts of its exceptions. `last_hit`: of series with COUNT, where it is known
/// (store::EventRow).
recurrence::Series series_of(const EventData& event, std::span<const EventTime> overridden = {},
                             std::optional<LocalTime> last_hit = {});
recurrence::RecurrenceId recurrence_id_of(const EventTime& time);
/// A wall time of the series as a time of the event's start.
EventTime start_time_at(const EventData& event, LocalTime wall);

/// One time that a series takes place.
struct Occurrence {
  EventTime recurrence_id;  ///< in the master's kind and zone
  EventTime start, end;
  Millis from, until;  ///< as the viewer's clock shows floating ones
};

struct ExpandOptions {
  TimeRange range;
  const TimeZone& viewer;
  /// Original starts of exceptions: they are left out, as those stand for themselves.
  std::span<const EventTime> left_out;
  std::size_t most = kMostEvents;  ///< stops after as many
  std::optional<LocalTime> last_hit;
};

/// Overlapping the range, ascending by start, without deleted ones. What is no series is its own only
/// occurrence; its recurrence id stays as it is. Cost: seeks; grows with what lies in the range.
std::vector<Occurrence> occurrences_in(const EventData& master, const ExpandOptions& options);
/// end > from and start < until; without length also at `from`.
bool overlaps(Millis from, Millis until, const TimeRange& range);
bool overlaps(const EventData& event, const TimeRange& range, const TimeZone& viewer);

/// The occurrence of this name, exceptions and, if asked, deleted ones too. Errors: empty when there is none.
std::optional<Occurrence> find_occurrence(const EventData& master, const EventTime& recurrence_id,
                                          bool with_deleted = false);
/// Many such questions to one series: a COUNT is walked once. The event must outlive it; what becomes of its
/// dates meanwhile does not matter.
class OccurrenceFinder {
 public:
  explicit OccurrenceFinder(const EventData& master);
  /// As find_occurrence.
  [[nodiscard]] std::optional<Occurrence> find(const EventTime& recurrence_id,
                                               bool with_deleted = false) const;

 private:
  const EventData& master_;
  recurrence::Series series_;
};
/// Deleted ones do not count, exceptions do. Errors: empty when nothing is left, last also for endless
/// series.
std::optional<EventTime> first_occurrence(const EventData& master);
std::optional<EventTime> last_occurrence(const EventData& master, std::optional<LocalTime> last_hit = {});
struct SeriesEnds {
  std::optional<EventTime> first, last;
};
/// Both, for less than both calls cost.
SeriesEnds ends_of(const EventData& master, std::optional<LocalTime> last_hit);
/// The first that starts at or after this instant and is not left out. For alarms.
std::optional<Occurrence> next_occurrence(const EventData& master, Millis at, const TimeZone& viewer,
                                          std::span<const EventTime> left_out = {});
/// The master's data at one of its occurrences: start, end and recurrence id are set, rule and dates are
/// gone.
EventData occurrence_event(const EventData& master, const Occurrence& occurrence);

/// What the index of times keeps.
struct EventSpan {
  Millis from, until;  ///< floating ones widened for every zone; endless: recurrence::kEndless
  std::optional<LocalTime> last_hit;
};
/// Cost: for rules with COUNT a walk over all hits.
EventSpan span_of(const EventData& event);

}  // namespace gw::model::calendar
