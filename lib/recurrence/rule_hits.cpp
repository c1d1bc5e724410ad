#include "recurrence/rule_hits.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace gw::recurrence {
namespace {

constexpr int kLastYear = 9'999;

std::int32_t days_of(int year, int month, int day) {
  using std::chrono::sys_days;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return static_cast<std::int32_t>(sys_days(date).time_since_epoch().count());
}

int length_of_month(int year, int month) {
  return month == 12 ? 31 : days_of(year, month + 1, 1) - days_of(year, month, 1);
}

int length_of_year(int year) { return days_of(year + 1, 1, 1) - days_of(year, 1, 1); }

int weekday_number(std::int32_t day) { return static_cast<int>(weekday_of(Date{day})); }

/// Days since the week began.
int day_of_week(int weekday, Weekday week_start) { return (weekday - static_cast<int>(week_start) + 7) % 7; }

/// Week 1 is the first with four days or more in the year. Source: RFC 5545, BYWEEKNO.
struct WeekOfYear {
  int year = 0;
  int week = 0;
};
WeekOfYear week_of_year(std::int32_t day, Weekday week_start) {
  const std::int32_t middle = day - day_of_week(weekday_number(day), week_start) + 3;
  const int year = civil_day(Date{middle}).year;
  return {year, (middle - days_of(year, 1, 1)) / 7 + 1};
}

/// After so many empty periods the calendar of 400 years has come round: the rule hits nothing.
std::int64_t most_empty_periods(Frequency frequency) {
  switch (frequency) {
    case Frequency::Weekly:
      return 20'871;
    case Frequency::Monthly:
      return 4'800;
    case Frequency::Yearly:
      return 400;
    default:
      return 146'097;
  }
}

std::int64_t floor_quotient(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

bool holds_number(const std::vector<int>& values, int value) {
  return std::binary_search(values.begin(), values.end(), value);
}

}  // namespace

RuleHits::RuleHits(const Rule& rule, RuleStart start, std::optional<LocalTime> limit)
    : rule_(spelled_out(rule, start.start, start.is_all_day)),
      start_(start.start),
      zone_(start.is_all_day ? std::nullopt : std::move(start.zone)),
      limit_(limit),
      start_day_(civil_day(start_.date())) {
  for (const int hour : rule_.by_hour)
    for (const int minute : rule_.by_minute)
      for (const int second : rule_.by_second) times_.push_back(hour * 3600 + minute * 60 + second);
  for (const int month : rule_.by_month) month_mask_ |= 1U << month;
  for (const int day : rule_.by_month_day)
    (day > 0 ? month_days_ : negative_month_days_) |= std::uint64_t{1} << std::abs(day);
  enter(0);
}

LocalTime RuleHits::begin_of(std::int64_t period) const {
  const std::int64_t steps = period * rule_.interval;
  const std::int32_t first = start_.date().days;
  switch (rule_.frequency) {
    case Frequency::Weekly: {
      const std::int64_t week = first - day_of_week(weekday_number(first), rule_.week_start);
      return {(week + 7 * steps) * LocalTime::kDaySeconds};
    }
    case Frequency::Monthly: {
      const std::int64_t months = std::int64_t{start_day_.year} * 12 + start_day_.month - 1 + steps;
      const std::int64_t year = std::min<std::int64_t>(months / 12, kLastYear + 1);
      return {days_of(static_cast<int>(year), static_cast<int>(months % 12) + 1, 1) * LocalTime::kDaySeconds};
    }
    case Frequency::Yearly: {
      const std::int64_t year = std::min<std::int64_t>(start_day_.year + steps, kLastYear + 1);
      return {days_of(static_cast<int>(year), 1, 1) * LocalTime::kDaySeconds};
    }
    default:
      return {(first + steps) * LocalTime::kDaySeconds};
  }
}

std::int64_t RuleHits::period_of(LocalTime at) const {
  const std::int32_t first = start_.date().days;
  const std::int32_t day = at.date().days;
  switch (rule_.frequency) {
    case Frequency::Weekly:
      return floor_quotient(day - begin_of(0).date().days, 7 * std::int64_t{rule_.interval});
    case Frequency::Monthly: {
      const CivilDay civil = civil_day(at.date());
      const std::int64_t months =
          std::int64_t{civil.year - start_day_.year} * 12 + civil.month - start_day_.month;
      return floor_quotient(months, rule_.interval);
    }
    case Frequency::Yearly:
      return floor_quotient(civil_day(at.date()).year - start_day_.year, rule_.interval);
    default:
      return floor_quotient(day - first, rule_.interval);
  }
}

bool RuleHits::passes_weekday(int weekday, int index_in_scope, int scope_length) const {
  if (rule_.by_day.empty()) return true;
  return std::any_of(rule_.by_day.begin(), rule_.by_day.end(), [&](const RuleDay& day) {
    if (static_cast<int>(day.weekday) != weekday) return false;
    if (day.ordinal == 0) return true;
    return day.ordinal > 0 ? index_in_scope / 7 + 1 == day.ordinal
                           : (scope_length - 1 - index_in_scope) / 7 + 1 == -day.ordinal;
  });
}

bool RuleHits::passes_week(std::int32_t day) const {
  if (rule_.by_week.empty()) return true;
  const WeekOfYear found = week_of_year(day, rule_.week_start);
  if (holds_number(rule_.by_week, found.week)) return true;
  if (rule_.by_week.front() > 0) return false;
  // The 28th of December is always in the last week.
  const int last = week_of_year(days_of(found.year, 12, 28), rule_.week_start).week;
  return holds_number(rule_.by_week, found.week - last - 1);
}

void RuleHits::collect_month(int year, int month) {
  if (month_mask_ != 0 && (month_mask_ >> month & 1U) == 0) return;
  const std::int32_t first = days_of(year, month, 1);
  const int length = length_of_month(year, month);
  // Ordinals of weekdays count in the year only where the rule names no months.
  const bool in_year = rule_.frequency == Frequency::Yearly && rule_.by_month.empty();
  const int year_length = length_of_year(year);
  const int year_index = first - days_of(year, 1, 1);
  const bool every_day = month_days_ == 0 && negative_month_days_ == 0;
  int weekday = weekday_number(first);
  for (int day = 1; day <= length; ++day, weekday = weekday == 6 ? 0 : weekday + 1) {
    if (!every_day && (month_days_ >> day & 1U) == 0 &&
        (negative_month_days_ >> (length - day + 1) & 1U) == 0)
      continue;
    const int yearday = year_index + day;
    if (!rule_.by_year_day.empty() && !holds_number(rule_.by_year_day, yearday) &&
        !holds_number(rule_.by_year_day, yearday - year_length - 1))
      continue;
    if (!passes_weekday(weekday, in_year ? yearday - 1 : day - 1, in_year ? year_length : length)) continue;
    if (passes_week(first + day - 1)) days_.push_back(first + day - 1);
  }
}

void RuleHits::collect_days(std::int64_t period) {
  const Date begin = begin_of(period).date();
  const CivilDay civil = civil_day(begin);
  if (rule_.frequency == Frequency::Monthly) {
    collect_month(civil.year, civil.month);
  } else if (rule_.frequency == Frequency::Yearly) {
    for (int month = 1; month <= 12; ++month) collect_month(civil.year, month);
  } else {
    const int count = rule_.frequency == Frequency::Weekly ? 7 : 1;
    for (std::int32_t day = begin.days; day < begin.days + count; ++day) {
      if (!passes_weekday(weekday_number(day), 0, 1)) continue;
      if (month_mask_ != 0 || month_days_ != 0 || negative_month_days_ != 0) {
        const CivilDay at = civil_day(Date{day});
        if (month_mask_ != 0 && (month_mask_ >> at.month & 1U) == 0) continue;
        const int from_end = length_of_month(at.year, at.month) - at.day + 1;
        if ((month_days_ != 0 || negative_month_days_ != 0) && (month_days_ >> at.day & 1U) == 0 &&
            (negative_month_days_ >> from_end & 1U) == 0)
          continue;
      }
      days_.push_back(day);
    }
  }
}

void RuleHits::keep_positions() {
  const auto size = static_cast<int>(hits_.size());
  std::vector<LocalTime> kept;
  for (int i = 0; i < size; ++i)
    if (holds_number(rule_.by_position, i + 1) || holds_number(rule_.by_position, i - size))
      kept.push_back(hits_[static_cast<std::size_t>(i)]);
  hits_ = std::move(kept);
}

/// Hits as clocks show them.
void RuleHits::follow_clocks(std::int64_t period) {
  const LocalTime next_period = begin_of(period + 1);
  bool is_changed = false;
  for (LocalTime& hit : hits_) {
    const LocalTime shown = zone_->local_at(zone_->to_instant(hit));
    is_changed = is_changed || shown != hit;
    hit = shown;
  }
  if (!is_changed) return;
  std::sort(hits_.begin(), hits_.end());
  hits_.erase(std::unique(hits_.begin(), hits_.end()), hits_.end());
  if (hits_.empty() || hits_.back() < next_period) return;
  // An hour that is skipped before midnight, or a whole day: what then lies in the next period must not stand
  // where that has its own hits, or behind them.
  RuleHits next = *this;
  next.zone_.reset();
  next.limit_.reset();
  if (next.enter(period + 1) && !next.hits_.empty())
    std::erase_if(hits_, [&](LocalTime hit) { return hit >= next.hits_.front(); });
}

/// Errors: false, and nothing changed, where no period is any more.
bool RuleHits::enter(std::int64_t period) {
  const LocalTime begin = begin_of(period);
  if (begin >= LocalTime{days_of(kLastYear + 1, 1, 1) * LocalTime::kDaySeconds} ||
      (limit_ && begin > *limit_))
    return false;
  period_ = period;
  days_.clear();
  hits_.clear();
  collect_days(period);
  for (const std::int32_t day : days_)
    for (const std::int32_t time : times_) hits_.push_back({day * LocalTime::kDaySeconds + time});
  if (!rule_.by_position.empty()) keep_positions();
  if (period == 0) std::erase_if(hits_, [&](LocalTime hit) { return hit < start_; });
  if (zone_) follow_clocks(period);
  if (zone_ && period == 0) {
    // Split where clocks skip an hour, a series begins behind hits that lie earlier now.
    const LocalTime first = zone_->local_at(zone_->to_instant(start_));
    std::erase_if(hits_, [&](LocalTime hit) { return hit < first; });
  }
  if (limit_) std::erase_if(hits_, [&](LocalTime hit) { return hit > *limit_; });
  index_ = 0;
  return true;
}

void RuleHits::seek(LocalTime at) {
  std::int64_t period = std::max<std::int64_t>(0, period_of(at));
  const auto find_hit = [&] {
    index_ = static_cast<std::size_t>(std::lower_bound(hits_.begin(), hits_.end(), at) - hits_.begin());
    return index_ < hits_.size();
  };
  // Clocks may have moved a hit into this period.
  if (zone_ && period > 0 && enter(period - 1) && find_hit()) return;
  if (!enter(period)) {
    const LocalTime last =
        std::min(limit_.value_or(LocalTime{days_of(kLastYear, 12, 31) * LocalTime::kDaySeconds}),
                 LocalTime{days_of(kLastYear, 12, 31) * LocalTime::kDaySeconds});
    period = std::max<std::int64_t>(0, period_of(last));
    if (!enter(period)) hits_.clear();
  }
  find_hit();
}

std::optional<LocalTime> RuleHits::next() {
  const std::int64_t most = most_empty_periods(rule_.frequency);
  for (std::int64_t empty = 0; index_ >= hits_.size(); ++empty)
    if (empty > most || !enter(period_ + 1)) return std::nullopt;
  return hits_[index_++];
}

std::optional<LocalTime> RuleHits::previous() {
  const std::int64_t most = most_empty_periods(rule_.frequency);
  for (std::int64_t empty = 0; index_ == 0; ++empty) {
    if (period_ == 0 || empty > most || !enter(period_ - 1)) return std::nullopt;
    index_ = hits_.size();
  }
  return hits_[--index_];
}

std::optional<LocalTime> last_counted_hit(const Rule& rule, const RuleStart& start) {
  if (!rule.count) return std::nullopt;
  RuleHits hits(rule, start);
  std::optional<LocalTime> last;
  for (int i = 0; i < *rule.count; ++i) {
    const auto hit = hits.next();
    if (!hit) break;
    last = hit;
  }
  return last;
}

}  // namespace gw::recurrence
