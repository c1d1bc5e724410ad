// The text of a rule, both ways.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/text.hpp"
#include "recurrence/rule.hpp"

namespace gw::recurrence {
namespace {

constexpr std::array<std::string_view, 7> kFrequencies{"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                                       "WEEKLY",   "MONTHLY",  "YEARLY"};
constexpr std::array<std::string_view, 7> kWeekdays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
// A year has no more days; longer lists only cost time.
constexpr std::size_t kMaxListValues = 400;

struct ListPart {
  std::string_view name;
  std::vector<int> Rule::*member;
};
/// In the order of the RFC's table; BYDAY stands behind BYHOUR.
constexpr std::array<ListPart, 8> kListParts{{{"BYSECOND", &Rule::by_second},
                                              {"BYMINUTE", &Rule::by_minute},
                                              {"BYHOUR", &Rule::by_hour},
                                              {"BYMONTHDAY", &Rule::by_month_day},
                                              {"BYYEARDAY", &Rule::by_year_day},
                                              {"BYWEEKNO", &Rule::by_week},
                                              {"BYMONTH", &Rule::by_month},
                                              {"BYSETPOS", &Rule::by_position}}};

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::optional<int> parse_small(std::string_view text) {
  const auto number = parse_integer(text);
  // Far over every limit, and far from the ends of int.
  if (!number || *number > 1'000'000'000 || *number < -1'000'000'000) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<std::vector<int>> parse_list(std::string_view text) {
  std::vector<int> values;
  for (const std::string_view part : split(text, ',')) {
    const auto value = parse_small(part);
    if (!value || values.size() >= kMaxListValues) return std::nullopt;
    values.push_back(*value);
  }
  sort_unique(values);
  return values;
}

std::optional<Weekday> parse_weekday(std::string_view text) {
  const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), text);
  if (found == kWeekdays.end()) return std::nullopt;
  return static_cast<Weekday>(found - kWeekdays.begin());
}

std::optional<std::vector<RuleDay>> parse_days(std::string_view text) {
  std::vector<RuleDay> days;
  for (const std::string_view part : split(text, ',')) {
    if (part.size() < 2 || days.size() >= kMaxListValues) return std::nullopt;
    const auto weekday = parse_weekday(part.substr(part.size() - 2));
    const std::string_view number = part.substr(0, part.size() - 2);
    const auto ordinal = number.empty() ? std::optional(0) : parse_small(number);
    if (!weekday || !ordinal || (*ordinal == 0 && !number.empty())) return std::nullopt;
    days.push_back({*ordinal, *weekday});
  }
  sort_unique(days);
  return days;
}

std::optional<Until> parse_until(std::string_view text) {
  if (const auto date = parse_basic_date(text)) return *date;
  if (const auto local = parse_local_time(text)) return *local;
  if (const auto instant = parse_basic_utc(text)) return *instant;
  return std::nullopt;
}

std::string format_until(const Until& until) {
  struct Format {
    std::string operator()(Date date) const { return format_basic_date(date); }
    std::string operator()(LocalTime local) const { return format_local_time(local); }
    std::string operator()(Millis instant) const { return format_basic_utc(instant); }
  };
  return std::visit(Format{}, until);
}

/// Only months and years count their weekdays; weeks of a year do not. Source: RFC 5545, BYDAY.
void drop_meaningless_ordinals(Rule& rule) {
  const bool counts =
      rule.frequency == Frequency::Monthly || (rule.frequency == Frequency::Yearly && rule.by_week.empty());
  if (counts) return;
  for (RuleDay& day : rule.by_day) day.ordinal = 0;
  sort_unique(rule.by_day);
}

bool read_part(Rule& rule, bool& has_frequency, std::string_view name, std::string_view value) {
  for (const ListPart& part : kListParts) {
    if (part.name != name) continue;
    auto values = parse_list(value);
    if (!values || !(rule.*part.member).empty()) return false;
    rule.*part.member = std::move(*values);
    return true;
  }
  if (name == "FREQ") {
    const auto found = std::find(kFrequencies.begin(), kFrequencies.end(), value);
    if (found == kFrequencies.end() || has_frequency) return false;
    rule.frequency = static_cast<Frequency>(found - kFrequencies.begin());
    has_frequency = true;
    return true;
  }
  if (name == "INTERVAL" || name == "COUNT") {
    const auto number = parse_small(value);
    if (!number) return false;
    if (name == "INTERVAL")
      rule.interval = *number;
    else
      rule.count = *number;
    return true;
  }
  if (name == "UNTIL") {
    rule.until = parse_until(value);
    return rule.until.has_value();
  }
  if (name == "BYDAY") {
    auto days = parse_days(value);
    if (!days || !rule.by_day.empty()) return false;
    rule.by_day = std::move(*days);
    return true;
  }
  if (name == "WKST") {
    const auto weekday = parse_weekday(value);
    if (weekday) rule.week_start = *weekday;
    return weekday.has_value();
  }
  return name.starts_with("X-");
}

void append_list(std::string& text, std::string_view name, const std::vector<int>& values) {
  if (!values.empty()) text += fmt::format(";{}={}", name, fmt::join(values, ","));
}

}  // namespace

ParsedRule parse_rule(std::string_view text) {
  ParsedRule parsed;
  std::string upper = to_upper_ascii(trim(text));
  if (upper.starts_with("RRULE:")) upper.erase(0, 6);
  bool has_frequency = false;
  for (const std::string_view part : split(upper, ';')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    const std::string_view name = trim(part.substr(0, equals));
    if (name == "RSCALE" || name == "SKIP") {
      // The Gregorian calendar without skipping is what everybody has. Source: RFC 7529 section 4.
      const std::string_view value = equals == std::string_view::npos ? "" : trim(part.substr(equals + 1));
      if (value != (name == "SKIP" ? "OMIT" : "GREGORIAN")) parsed.state = RuleState::Unsupported;
      continue;
    }
    if (equals == std::string_view::npos ||
        !read_part(parsed.rule, has_frequency, name, trim(part.substr(equals + 1)))) {
      parsed.state = RuleState::Invalid;
      return parsed;
    }
  }
  if (!has_frequency) {
    parsed.state = RuleState::Invalid;
    return parsed;
  }
  // Leap seconds are not counted: 60 is the second before.
  for (int& second : parsed.rule.by_second)
    if (second == 60) second = 59;
  sort_unique(parsed.rule.by_second);
  drop_meaningless_ordinals(parsed.rule);
  if (const RuleState state = check_rule(parsed.rule); state != RuleState::Ok) parsed.state = state;
  return parsed;
}

std::string format_rule(const Rule& rule) {
  std::string text = fmt::format("FREQ={}", kFrequencies.at(static_cast<std::size_t>(rule.frequency)));
  if (rule.until) text += ";UNTIL=" + format_until(*rule.until);
  if (rule.count) text += fmt::format(";COUNT={}", *rule.count);
  if (rule.interval != 1) text += fmt::format(";INTERVAL={}", rule.interval);
  for (const ListPart& part : kListParts) {
    append_list(text, part.name, rule.*part.member);
    if (part.name != "BYHOUR" || rule.by_day.empty()) continue;
    text += ";BYDAY=";
    for (const RuleDay& day : rule.by_day) {
      if (&day != &rule.by_day.front()) text += ',';
      if (day.ordinal != 0) text += fmt::format("{}", day.ordinal);
      text += kWeekdays.at(static_cast<std::size_t>(day.weekday));
    }
  }
  if (rule.week_start != Weekday::Monday)
    text += fmt::format(";WKST={}", kWeekdays.at(static_cast<std::size_t>(rule.week_start)));
  return text;
}

}  // namespace gw::recurrence
