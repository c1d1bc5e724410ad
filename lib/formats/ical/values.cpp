#include "formats/ical/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/text.hpp"

namespace gw::formats::ical {
namespace {

constexpr std::size_t kMaxPeriods = 20'000;
constexpr std::int64_t kLongestSeconds = std::int64_t{10'000} * 366 * 86'400;

bool looks_like_time(std::string_view text) { return text.size() > 8 && text[8] == 'T'; }

/// A number and the letter behind it. Errors: empty when there is none.
struct Step {
  std::int64_t number = 0;
  char unit = 0;
};
std::optional<Step> take_step(std::string_view& text) {
  Step step;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step.number);
  if (error != std::errc{} || end == text.data() + text.size() || step.number < 0 ||
      step.number > kLongestSeconds)
    return std::nullopt;
  step.unit = *end;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return step;
}

/// Adds a step; letters of times only count behind the T.
bool add_step(DurationValue& duration, const Step& step, bool is_time) {
  if (!is_time && step.unit == 'W')
    duration.days += 7 * step.number;
  else if (!is_time && step.unit == 'D')
    duration.days += step.number;
  else if (is_time && step.unit == 'H')
    duration.seconds += 3600 * step.number;
  else if (is_time && step.unit == 'M')
    duration.seconds += 60 * step.number;
  else if (is_time && step.unit == 'S')
    duration.seconds += step.number;
  else
    return false;
  return duration.days <= kLongestSeconds / 86'400 && duration.seconds <= kLongestSeconds;
}

std::optional<PeriodValue> parse_period(std::string_view text, std::string_view tzid) {
  const std::size_t slash = text.find('/');
  const auto start = parse_date_value(text.substr(0, slash), tzid);
  if (!start) return std::nullopt;
  PeriodValue period{*start, std::nullopt, std::nullopt};
  if (slash == std::string_view::npos) return period;
  const std::string_view rest = trim(text.substr(slash + 1));
  period.duration = parse_duration(rest);
  if (!period.duration) period.end = parse_date_value(rest, tzid);
  return period.duration || period.end ? std::optional(period) : std::nullopt;
}

}  // namespace

std::optional<DateValue> parse_date_value(std::string_view text, std::string_view tzid) {
  std::string value(trim(text));
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c == 't' || c == 'z' ? static_cast<char>(c - 32) : c; });
  // Some write days as if they were in UTC.
  constexpr std::size_t kDayDigits = 8;
  if (value.size() == kDayDigits + 1 && value.back() == 'Z') value.pop_back();
  if (const auto date = parse_basic_date(value))
    return DateValue{DateKind::Date, LocalTime::at_midnight(*date), ""};
  if (!looks_like_time(value)) return std::nullopt;
  const bool is_utc = value.back() == 'Z';
  if (is_utc) value.pop_back();
  if (value.size() == 13) value += "00";
  std::int64_t day = 0;
  if (value.ends_with("T240000") && !value.starts_with("99991231")) {
    value.replace(value.size() - 6, 2, "00");
    day = LocalTime::kDaySeconds;
  }
  const auto local = parse_local_time(value);
  if (!local) return std::nullopt;
  DateValue out{is_utc         ? DateKind::Utc
                : tzid.empty() ? DateKind::Floating
                               : DateKind::Zoned,
                {local->seconds + day},
                ""};
  if (out.kind == DateKind::Zoned) out.tzid = tzid;
  return out;
}

std::optional<DateValue> read_date(const Property* property) {
  if (property == nullptr) return std::nullopt;
  return parse_date_value(property->value, property->parameter("TZID"));
}

std::string format_date_value(const DateValue& value) {
  if (value.kind == DateKind::Date) return format_basic_date(value.local.date());
  return format_local_time(value.local) + (value.kind == DateKind::Utc ? "Z" : "");
}

Property date_property(std::string_view name, const DateValue& value) {
  Property property = plain_property(name, format_date_value(value));
  if (value.kind == DateKind::Date) property.add_parameter("VALUE", "DATE");
  if (value.kind == DateKind::Zoned) property.add_parameter("TZID", value.tzid);
  return property;
}

std::optional<DurationValue> parse_duration(std::string_view text) {
  text = trim(text);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 2) return std::nullopt;
  text.remove_prefix(1);
  DurationValue duration;
  bool is_time = false;
  while (!text.empty()) {
    if (!is_time && text.front() == 'T') {
      is_time = true;
      text.remove_prefix(1);
      // `P1DT` is what some programs write for `P1D`.
      continue;
    }
    const auto step = take_step(text);
    if (!step || !add_step(duration, *step, is_time)) return std::nullopt;
  }
  if (is_negative) duration = {-duration.days, -duration.seconds};
  return duration;
}

std::string format_duration(const DurationValue& duration) {
  const bool is_negative = duration.days < 0 || duration.seconds < 0;
  const std::int64_t days = std::abs(duration.days);
  const std::int64_t seconds = std::abs(duration.seconds);
  std::string text = is_negative ? "-P" : "P";
  if (seconds == 0 && days > 0 && days % 7 == 0) return text + fmt::format("{}W", days / 7);
  if (days > 0) text += fmt::format("{}D", days);
  if (seconds == 0) return days > 0 ? text : text + "T0S";
  text += 'T';
  if (seconds >= 3600) text += fmt::format("{}H", seconds / 3600);
  // Hours and seconds may not stand without the minutes between them.
  if (seconds / 60 % 60 > 0 || (seconds >= 3600 && seconds % 60 > 0))
    text += fmt::format("{}M", seconds / 60 % 60);
  if (seconds % 60 > 0) text += fmt::format("{}S", seconds % 60);
  return text;
}

std::vector<PeriodValue> read_periods(const Property& property, std::size_t& broken) {
  std::vector<PeriodValue> periods;
  const std::string_view tzid = property.parameter("TZID");
  std::string_view rest = property.value;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = trim(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    if (part.empty()) continue;
    auto period = periods.size() < kMaxPeriods ? parse_period(part, tzid) : std::nullopt;
    if (period)
      periods.push_back(std::move(*period));
    else
      ++broken;
  }
  return periods;
}

std::vector<std::string> read_list(const Property& property) {
  std::vector<std::string> texts;
  for (const std::string_view part : lines::split_value(property.value, ','))
    if (std::string text = lines::unescape_text(part); !trim(text).empty()) texts.emplace_back(trim(text));
  return texts;
}

Property list_property(std::string_view name, const std::vector<std::string>& texts) {
  Property property = plain_property(name, "");
  for (const std::string& text : texts) {
    if (!property.value.empty()) property.value += ',';
    property.value += lines::escape_text(text);
  }
  return property;
}

}  // namespace gw::formats::ical
