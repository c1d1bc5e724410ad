// Walking a series: rule, added, deleted and changed dates in one order, both ways, from any point. Source:
// RFC 5545 section 3.8.5.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "recurrence/rule_hits.hpp"
#include "recurrence/series.hpp"

namespace gw::recurrence {

struct Occurrence {
  RecurrenceId id;
  LocalTime start, end;       ///< on the wall of the series
  Millis starts_at, ends_at;  ///< floating and all-day ones as a clock in the viewer's zone shows them
  bool is_deleted = false;
  bool is_overridden = false;
};

/// What a walk gives. Positions count all.
enum class Include {
  All,      ///< also what was deleted
  Present,  ///< also what another event stands for
  Own,      ///< only what the series itself shows
};

/// A cursor between the occurrences of a series, before the first one at the beginning, in the order of the
/// series' wall. The series must outlive it.
/// Threads: one at a time. Cost: a step some 100 ns; the first use of a COUNT that was not resolved walks the
/// whole rule.
class Occurrences {
 public:
  Occurrences(const Series& series, Include include, TimeZone viewer = TimeZone::utc());

  /// Afterwards next() gives the first occurrence that starts at or behind the wall time, previous() the last
  /// before it.
  void seek(LocalTime start);
  std::optional<Occurrence> next();
  std::optional<Occurrence> previous();
  /// The longest of all, in seconds on the wall: how far before a time one that lasts until then may start.
  [[nodiscard]] std::int64_t longest_duration() const { return longest_; }

 private:
  /// Ids, those of the series' own kind apart: they are found without comparing all.
  struct Names {
    std::vector<RecurrenceId> exact, other;
    [[nodiscard]] bool hold(const Series& series, LocalTime start, const RecurrenceId& id) const;
  };
  struct Extra {
    LocalTime start;
    std::optional<std::int64_t> duration;
    auto operator<=>(const Extra&) const = default;
  };

  Names sort_names(const std::vector<RecurrenceId>& ids) const;
  void collect_extras();
  std::optional<LocalTime> next_hit();
  std::optional<LocalTime> previous_hit();
  std::optional<Extra> next_start();
  std::optional<Extra> previous_start();
  [[nodiscard]] std::optional<Occurrence> chosen(const Extra& found) const;

  const Series& series_;
  Include include_;
  TimeZone viewer_;
  std::optional<RuleHits> hits_;
  bool is_behind_hits_ = false;  ///< next_hit() found the end: it is not searched again
  std::vector<Extra> extras_;
  std::size_t extra_ = 0;
  std::int64_t longest_ = 0;
  Names deleted_, overridden_;
};

struct InstantRange {
  Millis from;
  Millis until;  ///< not in it
};

struct Expansion {
  std::vector<Occurrence> occurrences;  ///< by instant
  bool is_cut = false;                  ///< there are more than were allowed
};

/// Occurrences that overlap the range: they end behind `from` and start before `until`; one without length
/// counts at `from`, too. Limits: `most`; and 100,000 steps through what starts before the range and may
/// still last.
Expansion expand(const Series& series, InstantRange range, Include include, std::size_t most,
                 const TimeZone& viewer);

}  // namespace gw::recurrence
