#include "mail/sieve/date_value.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "core/time.hpp"

namespace gw::mail::sieve {
namespace {

constexpr std::int64_t kMinute = 60'000, kDay = 1'440 * kMinute;
/// Sieve compares dates as texts: four digits of a year.
constexpr std::int64_t kLastDay = 253'402'300'799'999;

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> date_value_to_sieve(std::string_view part, std::int64_t value) {
  if (part == "weekday")
    return value >= 0 && value <= 6 ? std::optional(std::to_string(value)) : std::nullopt;
  if (part == "date" && value >= 0 && value <= kLastDay) return format_iso_date(Date::from_millis(value));
  if (part == "time") {
    const std::int64_t minutes = ((value % kDay) + kDay) % kDay / kMinute;
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  }
  return std::nullopt;
}

std::optional<std::int64_t> date_value_from_sieve(std::string_view part, std::string_view text) {
  if (part == "weekday")
    return text.size() == 1 && text[0] >= '0' && text[0] <= '6' ? std::optional<std::int64_t>(text[0] - '0')
                                                                : std::nullopt;
  if (part == "date" && text.size() == 10) {
    const auto date = parse_iso_date(text);
    return date ? std::optional(date->to_millis()) : std::nullopt;
  }
  if (part == "time" && text.size() == 5 && text[2] == ':' && is_digits(text.substr(0, 2)) &&
      is_digits(text.substr(3))) {
    const std::int64_t hour = *parse_integer(text.substr(0, 2)), minute = *parse_integer(text.substr(3));
    if (hour < 24 && minute < 60) return (hour * 60 + minute) * kMinute;
  }
  return std::nullopt;
}

bool is_zone(std::string_view text) {
  return text.size() == 5 && (text[0] == '+' || text[0] == '-') && is_digits(text.substr(1));
}

}  // namespace gw::mail::sieve
