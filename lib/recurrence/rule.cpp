#include "recurrence/rule.hpp"

#include <algorithm>
#include <chrono>

namespace gw::recurrence {
namespace {

bool within(const std::vector<int>& values, int low, int high) {
  return std::all_of(values.begin(), values.end(), [&](int value) { return value >= low && value <= high; });
}

/// Counted from both ends, never zero.
bool within_both_ends(const std::vector<int>& values, int high) {
  return std::all_of(values.begin(), values.end(),
                     [&](int value) { return value != 0 && value >= -high && value <= high; });
}

bool values_are_in_range(const Rule& rule) {
  return within(rule.by_second, 0, 59) && within(rule.by_minute, 0, 59) && within(rule.by_hour, 0, 23) &&
         within(rule.by_month, 1, 12) && within_both_ends(rule.by_month_day, 31) &&
         within_both_ends(rule.by_year_day, 366) && within_both_ends(rule.by_week, 53) &&
         within_both_ends(rule.by_position, 366) &&
         std::all_of(rule.by_day.begin(), rule.by_day.end(),
                     [](const RuleDay& day) { return day.ordinal >= -53 && day.ordinal <= 53; });
}

/// Which parts a frequency has. Source: the table of RFC 5545 section 3.3.10.
bool parts_fit_frequency(const Rule& rule) {
  const bool is_yearly = rule.frequency == Frequency::Yearly;
  if (!is_yearly && (!rule.by_week.empty() || !rule.by_year_day.empty())) return false;
  if (rule.frequency == Frequency::Weekly && !rule.by_month_day.empty()) return false;
  return true;
}

/// BYMONTHDAY=31 with only short months, and the 30th of February.
bool days_exist(const Rule& rule) {
  if (rule.by_month.empty() || rule.by_month_day.empty()) return true;
  return std::any_of(rule.by_month.begin(), rule.by_month.end(), [&](int month) {
    const int longest = month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    return std::any_of(rule.by_month_day.begin(), rule.by_month_day.end(),
                       [&](int day) { return std::abs(day) <= longest; });
  });
}

std::size_t count_or_one(const std::vector<int>& values) { return std::max<std::size_t>(1, values.size()); }

void fill_times(Rule& rule, LocalTime start, bool is_all_day) {
  if (is_all_day) {
    // A day has no hours. Source: RFC 5545, BYHOUR and its like MUST NOT be specified when DTSTART is a date.
    rule.by_hour = rule.by_minute = rule.by_second = {0};
    return;
  }
  const int second = static_cast<int>(start.second_of_day());
  if (rule.by_hour.empty()) rule.by_hour = {second / 3600};
  if (rule.by_minute.empty()) rule.by_minute = {second / 60 % 60};
  if (rule.by_second.empty()) rule.by_second = {second % 60};
}

void fill_days(Rule& rule, CivilDay day, Weekday weekday) {
  const bool names_days = !rule.by_day.empty() || !rule.by_month_day.empty() || !rule.by_year_day.empty();
  if (names_days || rule.frequency == Frequency::Daily) return;
  if (rule.frequency == Frequency::Weekly || !rule.by_week.empty()) {
    rule.by_day = {{0, weekday}};
    return;
  }
  rule.by_month_day = {day.day};
  if (rule.frequency == Frequency::Yearly && rule.by_month.empty()) rule.by_month = {day.month};
}

/// Where weeks begin matters only to weeks that are counted, skipped or cut.
bool depends_on_week_start(const Rule& rule) {
  if (rule.frequency == Frequency::Weekly) return rule.interval > 1 || !rule.by_position.empty();
  return !rule.by_week.empty();
}

}  // namespace

Weekday weekday_of(Date date) {
  return static_cast<Weekday>(
      std::chrono::weekday(std::chrono::sys_days(std::chrono::days(date.days))).c_encoding());
}

RuleState check_rule(const Rule& rule) {
  if (rule.interval < 1 || (rule.count && *rule.count < 1) || (rule.count && rule.until))
    return RuleState::Invalid;
  if (!values_are_in_range(rule)) return RuleState::Invalid;
  if (rule.frequency < Frequency::Daily) return RuleState::Unsupported;
  if (!parts_fit_frequency(rule) || !days_exist(rule)) return RuleState::Invalid;
  if (rule.interval > kMaxInterval || rule.count.value_or(1) > kMaxCount) return RuleState::Unsupported;
  const std::size_t times =
      count_or_one(rule.by_hour) * count_or_one(rule.by_minute) * count_or_one(rule.by_second);
  return times > kMaxTimesPerDay ? RuleState::Unsupported : RuleState::Ok;
}

Rule spelled_out(const Rule& rule, LocalTime start, bool is_all_day) {
  Rule full = rule;
  const Date date = start.date();
  fill_times(full, start, is_all_day);
  fill_days(full, civil_day(date), weekday_of(date));
  if (!depends_on_week_start(full)) full.week_start = Weekday::Monday;
  return full;
}

bool means_same(const Rule& a, const Rule& b, LocalTime start, bool is_all_day) {
  return spelled_out(a, start, is_all_day) == spelled_out(b, start, is_all_day);
}

}  // namespace gw::recurrence
