// The recurrence members of classic appointments and tasks (recurrence_type, interval, days, …) and rules,
// both ways. The classic form says less than a rule: reading one may be lossy, and then says so. Source: spec
// calendar section 4.
#pragma once

#include <optional>

#include "recurrence/series.hpp"

namespace gw::recurrence {

/// The members as the API has them; absent ones are empty.
struct ClassicPattern {
  std::optional<int> type;          ///< recurrence_type: 0 none, 1 daily, 2 weekly, 3 monthly, 4 yearly
  std::optional<int> interval;      ///< 1 to 999
  std::optional<int> days;          ///< 1 Sunday, 2 Monday, 4 Tuesday … 64 Saturday, added up
  std::optional<int> day_in_month;  ///< 1 to 31; with days 1 to 5, where 5 is the last
  std::optional<int> month;         ///< 0 is January
  std::optional<Date> until;        ///< last day, in it
  std::optional<int> occurrences;   ///< 1 to 999; 0 counts as absent
  bool operator==(const ClassicPattern&) const = default;
};

inline constexpr int kMaxClassicValue = 999;

/// What is wrong with members; beside each the code of the calendar API.
enum class PatternState {
  Ok,
  NotRecurring,         ///< type 0 or no member at all: no error, and no rule
  TypeMissing,          ///< APP-0092: other members without a type, or an unknown one
  Unnecessary,          ///< APP-0096: type 0 with other members
  UnnecessaryForType,   ///< APP-0097: days of a daily, a month of a monthly pattern and so on
  UntilAndOccurrences,  ///< APP-0095
  IntervalMissing,      ///< APP-0087
  IntervalTooSmall,     ///< APP-0055
  NoDays,               ///< APP-0056: days is 0
  WeekdayMissing,       ///< APP-0089
  DayMissing,           ///< APP-0090
  MonthMissing,         ///< APP-0091
  BadMonthlyDay,        ///< APP-0045: day_in_month of a monthly pattern
  BadYearlyDay,         ///< APP-0048: the same of a yearly one
  BadMonth,             ///< APP-0049
  TooLarge,             ///< APP-0078: interval, occurrences or days
  UntilBeforeStart,     ///< APP-0086
  NeverHits,            ///< CAL-4002: the 30th of February
};

struct RuleOfPattern {
  PatternState state = PatternState::Ok;
  Rule rule;  ///< only with Ok
};

/// The rule that the members say for a series that starts as this one does; its own rule is not looked at.
/// UNTIL is a day for all-day series, else the start's time of that day: as instant where there is a zone.
RuleOfPattern rule_of(const ClassicPattern& pattern, const Series& series);

struct PatternOfRule {
  RuleState state = RuleState::Ok;  ///< Unsupported: the classic form has nothing like it (CAL-4223)
  ClassicPattern pattern;
  /// False: the members say less than the rule. Never write them back unless a client changed one.
  bool is_exact = true;
};

/// The members of a series; type 0 without rule. With COUNT both `occurrences` and the `until` that follows
/// are set. Cost: with COUNT a walk to its end, unless Series::last_hit is there.
PatternOfRule pattern_of(const Series& series);

}  // namespace gw::recurrence
