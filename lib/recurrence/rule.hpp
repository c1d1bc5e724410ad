// A recurrence rule as its parts: reading, writing, comparing. When it hits is rule_hits.hpp. Source: RFC
// 5545 section 3.3.10.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/local_time.hpp"

namespace gw::recurrence {

enum class Frequency { Secondly, Minutely, Hourly, Daily, Weekly, Monthly, Yearly };

/// As std::chrono counts them.
enum class Weekday { Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday };

Weekday weekday_of(Date date);

/// `2TU`, `-1FR` or, with ordinal 0, every such day.
struct RuleDay {
  int ordinal = 0;
  Weekday weekday = Weekday::Monday;
  auto operator<=>(const RuleDay&) const = default;
};

/// The last time that may be hit, in the form it was written: a day, a time without zone, an instant.
using Until = std::variant<Date, LocalTime, Millis>;

/// One RRULE. Lists are sorted and hold no value twice.
struct Rule {
  Frequency frequency = Frequency::Daily;
  int interval = 1;
  std::optional<int> count;
  std::optional<Until> until;
  std::vector<int> by_second, by_minute, by_hour;
  std::vector<RuleDay> by_day;
  std::vector<int> by_month_day, by_year_day, by_week, by_month, by_position;
  Weekday week_start = Weekday::Monday;
  bool operator==(const Rule&) const = default;
};

/// Units: 1 to the number. Rules beyond them are Unsupported: nobody writes them, and each hit costs time.
inline constexpr int kMaxInterval = 32'767;
inline constexpr int kMaxCount = 50'000;
inline constexpr std::size_t kMaxTimesPerDay = 96;

enum class RuleState {
  Ok,
  Invalid,      ///< no rule of RFC 5545; CAL-4002
  Unsupported,  ///< SECONDLY, MINUTELY, HOURLY, other calendars (RSCALE), or beyond the limits; CAL-4223
};

struct ParsedRule {
  RuleState state = RuleState::Ok;
  Rule rule;
};

/// Reads `FREQ=WEEKLY;BYDAY=MO` with or without `RRULE:` before it, in any case and order. Forgiven, because
/// programs write it: ordinals of BYDAY where only months and years have them, a final semicolon, unknown X-
/// parts. Errors: the state; the rule is then not to be used.
ParsedRule parse_rule(std::string_view text);

/// The one text of a rule: parts in the order of the RFC, defaults left out.
std::string format_rule(const Rule& rule);

/// Whether the parts fit together; what parse_rule tells of a text, for rules made otherwise.
RuleState check_rule(const Rule& rule);

/// The rule with everything said that it takes from its start (RFC 5545: "information missing from the rule
/// is taken from DTSTART"), and nothing that has no effect. Two rules mean the same when these are equal.
Rule spelled_out(const Rule& rule, LocalTime start, bool is_all_day);

/// True when both hit the same times from this start, as far as their parts tell.
bool means_same(const Rule& a, const Rule& b, LocalTime start, bool is_all_day);

}  // namespace gw::recurrence
