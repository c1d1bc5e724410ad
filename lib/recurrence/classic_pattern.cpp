#include "recurrence/classic_pattern.hpp"

#include <algorithm>
#include <array>

#include "recurrence/rule_hits.hpp"

namespace gw::recurrence {
namespace {

enum ClassicType { kNone, kDaily, kWeekly, kMonthly, kYearly };
constexpr int kAllDays = 127;
constexpr int kLastOfMonth = 5;

bool says_nothing(const ClassicPattern& pattern) {
  return !pattern.interval && !pattern.days && !pattern.day_in_month && !pattern.month && !pattern.until &&
         pattern.occurrences.value_or(0) == 0;
}

PatternState check_limits(const ClassicPattern& pattern, LocalTime start) {
  if (pattern.until && pattern.occurrences.value_or(0) != 0) return PatternState::UntilAndOccurrences;
  if (!pattern.interval) return PatternState::IntervalMissing;
  if (*pattern.interval < 1) return PatternState::IntervalTooSmall;
  if (*pattern.interval > kMaxClassicValue) return PatternState::TooLarge;
  if (const int count = pattern.occurrences.value_or(0); count < 0 || count > kMaxClassicValue)
    return PatternState::TooLarge;
  if (pattern.until && *pattern.until < start.date()) return PatternState::UntilBeforeStart;
  return PatternState::Ok;
}

PatternState check_days(const ClassicPattern& pattern) {
  if (!pattern.days) return PatternState::Ok;
  if (*pattern.days == 0) return PatternState::NoDays;
  return *pattern.days < 0 || *pattern.days > kAllDays ? PatternState::TooLarge : PatternState::Ok;
}

/// Months and years: day_in_month is a day, or with weekdays which of them.
PatternState check_day_in_month(const ClassicPattern& pattern, PatternState bad) {
  if (!pattern.day_in_month) return PatternState::DayMissing;
  const int highest = pattern.days ? kLastOfMonth : 31;
  return *pattern.day_in_month < 1 || *pattern.day_in_month > highest ? bad : PatternState::Ok;
}

PatternState check_members_of_type(const ClassicPattern& pattern) {
  switch (*pattern.type) {
    case kDaily:
      return pattern.days || pattern.day_in_month || pattern.month ? PatternState::UnnecessaryForType
                                                                   : PatternState::Ok;
    case kWeekly:
      if (pattern.day_in_month || pattern.month) return PatternState::UnnecessaryForType;
      return pattern.days ? PatternState::Ok : PatternState::WeekdayMissing;
    case kMonthly:
      if (pattern.month) return PatternState::UnnecessaryForType;
      return check_day_in_month(pattern, PatternState::BadMonthlyDay);
    default:
      if (!pattern.month) return PatternState::MonthMissing;
      if (*pattern.month < 0 || *pattern.month > 11) return PatternState::BadMonth;
      return check_day_in_month(pattern, PatternState::BadYearlyDay);
  }
}

PatternState check_pattern(const ClassicPattern& pattern, LocalTime start) {
  if (!pattern.type) return says_nothing(pattern) ? PatternState::NotRecurring : PatternState::TypeMissing;
  if (*pattern.type == kNone)
    return says_nothing(pattern) ? PatternState::NotRecurring : PatternState::Unnecessary;
  if (*pattern.type < kNone || *pattern.type > kYearly) return PatternState::TypeMissing;
  for (const PatternState state :
       {check_limits(pattern, start), check_days(pattern), check_members_of_type(pattern)})
    if (state != PatternState::Ok) return state;
  return PatternState::Ok;
}

std::vector<RuleDay> days_of_mask(int mask) {
  std::vector<RuleDay> days;
  for (int day = 0; day < 7; ++day)
    if ((mask >> day & 1) != 0) days.push_back({0, static_cast<Weekday>(day)});
  return days;
}

int mask_of_days(const std::vector<RuleDay>& days) {
  int mask = 0;
  for (const RuleDay& day : days) mask |= 1 << static_cast<int>(day.weekday);
  return mask;
}

/// The last of a month, or five: a rule with 5 would skip the months that have only four.
int position_of_member(int day_in_month) { return day_in_month == kLastOfMonth ? -1 : day_in_month; }
int member_of_position(int position) {
  return position < 0 ? kLastOfMonth : std::min(position, kLastOfMonth);
}

Until until_of(Date day, const Series& series) {
  if (series.is_all_day) return day;
  const LocalTime local{LocalTime::at_midnight(day).seconds + series.start.second_of_day()};
  if (!series.zone) return local;
  return series.zone->to_instant(local);
}

Date last_day_of(const Series& series) {
  const Rule& rule = *series.rule;
  if (rule.count) {
    const auto last = series.last_hit ? series.last_hit : last_counted_hit(rule, series.rule_start());
    return last.value_or(series.start).date();
  }
  if (const auto* date = std::get_if<Date>(&*rule.until)) return *date;
  LocalTime until;
  if (const auto* local = std::get_if<LocalTime>(&*rule.until))
    until = *local;
  else
    until = series.is_floating() ? TimeZone::utc().local_at(std::get<Millis>(*rule.until))
                                 : series.zone->local_at(std::get<Millis>(*rule.until));
  if (series.is_all_day) return until.date();
  RuleHits hits(rule, series.rule_start());
  hits.seek({until.seconds + 1});
  const auto outside = hits.next();
  return {until.date().days - (outside && outside->date() == until.date() ? 1 : 0)};
}

/// Days and positions of a month: which weekday of it, or which day.
void read_month_days(const Rule& rule, const Rule& full, LocalTime start, ClassicPattern& pattern) {
  if (rule.by_day.empty()) {
    const int day = full.by_month_day.empty() ? civil_day(start.date()).day : full.by_month_day.front();
    pattern.day_in_month = day > 0 ? day : 31;
    return;
  }
  pattern.days = mask_of_days(rule.by_day);
  if (!rule.by_position.empty())
    pattern.day_in_month = member_of_position(rule.by_position.front());
  else if (rule.by_day.front().ordinal != 0)
    pattern.day_in_month = member_of_position(rule.by_day.front().ordinal);
  else
    pattern.day_in_month = 1;
}

/// `2TU` is what BYSETPOS=2 of TU is, as long as it is one day.
Rule with_position(Rule rule) {
  const bool has_month = rule.frequency == Frequency::Monthly || rule.by_month.size() == 1;
  if (rule.by_day.size() == 1 && rule.by_day[0].ordinal != 0 && rule.by_position.empty() && has_month) {
    rule.by_position = {rule.by_day[0].ordinal};
    rule.by_day[0].ordinal = 0;
  }
  // Days that are all working days one after the other are weeks.
  if (rule.frequency == Frequency::Daily && rule.interval == 1 && !rule.by_day.empty() &&
      rule.by_month_day.empty() && rule.by_position.empty())
    rule.frequency = Frequency::Weekly;
  return rule;
}

bool says_the_same(const ClassicPattern& pattern, const Series& series) {
  ClassicPattern endless = pattern;
  endless.until.reset();
  endless.occurrences.reset();
  const RuleOfPattern made = rule_of(endless, series);
  if (made.state != PatternState::Ok) return false;
  Rule own = *series.rule;
  own.until.reset();
  own.count.reset();
  const bool is_counted = series.rule->count.value_or(1) <= kMaxClassicValue;
  return is_counted && means_same(with_position(own), made.rule, series.start, series.is_all_day);
}

}  // namespace

RuleOfPattern rule_of(const ClassicPattern& pattern, const Series& series) {
  RuleOfPattern result;
  result.state = check_pattern(pattern, series.start);
  if (result.state != PatternState::Ok) return result;
  static constexpr std::array<Frequency, 5> kFrequencyOfType{
      Frequency::Daily, Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly};
  Rule& rule = result.rule;
  rule.frequency = kFrequencyOfType.at(static_cast<std::size_t>(*pattern.type));
  rule.interval = *pattern.interval;
  if (pattern.days) rule.by_day = days_of_mask(*pattern.days);
  if (*pattern.type >= kMonthly) {
    if (pattern.days)
      rule.by_position = {position_of_member(*pattern.day_in_month)};
    else
      rule.by_month_day = {*pattern.day_in_month};
  }
  if (*pattern.type == kYearly) rule.by_month = {*pattern.month + 1};
  if (pattern.occurrences.value_or(0) != 0) rule.count = pattern.occurrences;
  if (pattern.until) rule.until = until_of(*pattern.until, series);
  if (check_rule(rule) != RuleState::Ok) result.state = PatternState::NeverHits;
  return result;
}

PatternOfRule pattern_of(const Series& series) {
  PatternOfRule result;
  ClassicPattern& pattern = result.pattern;
  if (!series.rule) {
    pattern.type = kNone;
    return result;
  }
  const Rule& rule = *series.rule;
  result.state = check_rule(rule);
  if (rule.frequency == Frequency::Daily && !rule.by_month.empty()) result.state = RuleState::Unsupported;
  if (result.state != RuleState::Ok) return result;
  const Rule full = spelled_out(rule, series.start, series.is_all_day);
  pattern.interval = rule.interval;
  switch (rule.frequency) {
    case Frequency::Weekly:
      pattern.type = kWeekly;
      pattern.days = mask_of_days(full.by_day);
      break;
    case Frequency::Monthly:
      pattern.type = kMonthly;
      read_month_days(rule, full, series.start, pattern);
      break;
    case Frequency::Yearly:
      pattern.type = kYearly;
      pattern.month =
          (rule.by_month.empty() ? civil_day(series.start.date()).month : rule.by_month.front()) - 1;
      read_month_days(rule, full, series.start, pattern);
      break;
    default:
      pattern.type = rule.by_day.empty() ? kDaily : kWeekly;
      if (!rule.by_day.empty()) pattern.days = mask_of_days(rule.by_day);
  }
  if (rule.count) pattern.occurrences = std::min(*rule.count, kMaxClassicValue);
  if (rule.count || rule.until) pattern.until = last_day_of(series);
  result.is_exact = says_the_same(pattern, series);
  return result;
}

}  // namespace gw::recurrence
