// When a rule hits, in local time: period after period (day, week, month, year), both ways, from any point
// without walking there. Not for zones, extra and deleted dates: occurrences.hpp. Source: RFC 5545
// section 3.3.10.
//
// Why not libical's iterator: 3.0.16 ignores BYSETPOS of days and weeks and counts it in days where hours are
// listed, never hits FREQ=DAILY;BYMONTHDAY=-1, gives up on BYYEARDAY with BYMONTH, goes only forward, and
// takes up to a second of CPU for rules without hits (tests/unit/lib/recurrence/rule_hits_test.cpp has them
// all).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "recurrence/rule.hpp"

namespace gw::recurrence {

/// What a rule says of a series: where it begins, and whose clocks it follows.
struct RuleStart {
  LocalTime start;
  bool is_all_day = false;
  /// With a zone, a hit that its clocks skip lies where they then stand (02:30 becomes 03:30, RFC 5545
  /// section 3.3.5), and hits that fall together are one. Without, hits are as the rule says.
  std::optional<TimeZone> zone;
};

/// A cursor between the hits of a rule. It starts before the first one. COUNT and UNTIL of the rule are not
/// looked at: who uses it gives the last time that counts. BYSETPOS counts in whole periods, also in that of
/// the start.
/// Threads: one at a time. Cost: a hit some nanoseconds, with a zone 0.1 us; a search without hits ends after
/// 400 years of empty periods, when the calendar repeats: 5 ms at most.
class RuleHits {
 public:
  /// Hits before the start and behind `limit` do not exist. The rule must be Ok by check_rule.
  RuleHits(const Rule& rule, RuleStart start, std::optional<LocalTime> limit = {});

  /// Afterwards next() gives the first hit at or behind the time, previous() the last before it.
  void seek(LocalTime at);
  /// Errors: empty behind the last hit; the cursor then stays there.
  std::optional<LocalTime> next();
  /// Errors: empty before the first hit.
  std::optional<LocalTime> previous();

 private:
  [[nodiscard]] std::int64_t period_of(LocalTime at) const;
  [[nodiscard]] LocalTime begin_of(std::int64_t period) const;
  bool enter(std::int64_t period);
  void collect_days(std::int64_t period);
  void collect_month(int year, int month);
  void keep_positions();
  void follow_clocks(std::int64_t period);
  [[nodiscard]] bool passes_weekday(int weekday, int index_in_scope, int scope_length) const;
  [[nodiscard]] bool passes_week(std::int32_t day) const;

  Rule rule_;  ///< spelled out
  LocalTime start_;
  std::optional<TimeZone> zone_;
  std::optional<LocalTime> limit_;
  CivilDay start_day_;
  std::vector<std::int32_t> times_;  ///< seconds of a day, sorted
  unsigned month_mask_ = 0;          ///< bit 1 is January; 0: every month
  std::uint64_t month_days_ = 0;     ///< bit 1 is the first day; with negative_month_days_ 0: every day
  std::uint64_t negative_month_days_ = 0;
  std::int64_t period_ = 0;
  std::vector<std::int32_t> days_;
  std::vector<LocalTime> hits_;  ///< of the period
  std::size_t index_ = 0;        ///< what next() gives
};

/// The last hit of a rule with COUNT. Errors: empty without COUNT, or when there are no hits. Where the
/// calendar ends before the count is reached, the last there is. Cost: walks all hits; do it once and keep
/// the answer (Series::last_hit).
std::optional<LocalTime> last_counted_hit(const Rule& rule, const RuleStart& start);

}  // namespace gw::recurrence
