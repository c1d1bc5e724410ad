// A series: where it starts, its rule, the dates added to and taken from it. Plain data and what follows from
// it without walking: its kind of time, its names of occurrences, its limits. Walking is occurrences.hpp,
// questions are series_queries.hpp. Source: spec chronos section 2, calendar section 4.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "recurrence/recurrence_id.hpp"
#include "recurrence/rule_hits.hpp"

namespace gw::recurrence {

/// RDATE: a start, and its own end where it came as a period.
struct ExtraDate {
  RecurrenceId start;
  std::optional<std::int64_t> duration;  ///< seconds on the wall
  auto operator<=>(const ExtraDate&) const = default;
};

/// A single event is one without rule and extra dates. Local time and zone are the truth; instants are made
/// from them at each use, so a new tzdata moves future events. `start` and `zone` give wall times; the end of
/// an occurrence stands `duration` later on the same wall.
struct Series {
  LocalTime start;
  bool is_all_day = false;
  std::optional<TimeZone> zone;  ///< empty: floating; ignored for all-day series
  std::int64_t duration = 0;     ///< seconds on the wall, not negative
  std::optional<Rule> rule;
  /// What resolve_count gave; without it COUNT is counted at each walk.
  std::optional<LocalTime> last_hit;
  std::vector<ExtraDate> extra;          ///< RDATE
  std::vector<RecurrenceId> deleted;     ///< EXDATE
  std::vector<RecurrenceId> overridden;  ///< recurrence ids of events that stand for an occurrence

  [[nodiscard]] bool is_recurring() const { return rule.has_value() || !extra.empty(); }
  [[nodiscard]] bool is_floating() const { return is_all_day || !zone; }
  [[nodiscard]] RuleStart rule_start() const { return {start, is_all_day, zone}; }
  /// The hits of the rule, up to its COUNT or nearly to its UNTIL (see is_behind_until). The rule must be
  /// there.
  [[nodiscard]] RuleHits rule_hits() const;
  /// What clocks of the series show for a wall time, which they may skip.
  [[nodiscard]] LocalTime shown(LocalTime wall) const;
  /// The last time that the rule may hit: from UNTIL, or from COUNT when that was resolved. A day stands for
  /// all of it; an instant is taken on the series' wall with a day to spare, exactly is decided by
  /// is_behind_until.
  [[nodiscard]] std::optional<LocalTime> rule_limit() const;
  [[nodiscard]] bool is_behind_until(LocalTime hit) const;
  /// The instant of a wall time of the series; floating ones as a clock in `viewer` shows them.
  [[nodiscard]] Millis instant_of(LocalTime local, const TimeZone& viewer) const;
  /// The name of the occurrence that starts at this wall time.
  [[nodiscard]] RecurrenceId id_of(LocalTime start_of_occurrence) const;
  /// True when `id`, of whatever kind, names the occurrence: a day names all-day occurrences and those that
  /// start on it, a time names an all-day occurrence by its day.
  [[nodiscard]] bool is_named_by(LocalTime start_of_occurrence, const RecurrenceId& id) const;
  /// Where an occurrence of this name starts on the wall, if there is one.
  [[nodiscard]] LocalTime wall_of(const RecurrenceId& id) const;
};

/// Sets Series::last_hit for a rule with COUNT; does nothing otherwise. Cost: walks the series once, see
/// last_counted_hit.
void resolve_count(Series& series);

}  // namespace gw::recurrence
