#include "core/local_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gw {
namespace {

bool only_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

/// 0 to 99.
void add_two_digits(std::string& text, std::int64_t number) {
  text += static_cast<char>('0' + number / 10);
  text += static_cast<char>('0' + number % 10);
}

}  // namespace

std::optional<Date> parse_basic_date(std::string_view text) {
  if (text.size() != 8 || !only_digits(text)) return std::nullopt;
  const CivilDay day{two_digits(text) * 100 + two_digits(text.substr(2)), two_digits(text.substr(4)),
                     two_digits(text.substr(6))};
  if (day.year < 1) return std::nullopt;
  return date_from_civil(day);
}

std::string format_basic_date(Date date) {
  constexpr int kMostDigits = 9'999;
  const CivilDay day = civil_day(date);
  if (day.year < 0 || day.year > kMostDigits)
    return fmt::format("{:04}{:02}{:02}", day.year, day.month, day.day);
  std::string text;
  add_two_digits(text, day.year / 100);
  add_two_digits(text, day.year % 100);
  add_two_digits(text, day.month);
  add_two_digits(text, day.day);
  return text;
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
  if (text.size() != 15 || text[8] != 'T' || !only_digits(text.substr(9))) return std::nullopt;
  const auto date = parse_basic_date(text.substr(0, 8));
  const int hour = two_digits(text.substr(9));
  const int minute = two_digits(text.substr(11));
  const int second = two_digits(text.substr(13));
  if (!date || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return LocalTime{LocalTime::at_midnight(*date).seconds + hour * 3600 + minute * 60 + std::min(second, 59)};
}

std::string format_local_time(LocalTime time) {
  const std::int64_t second = time.second_of_day();
  std::string text = format_basic_date(time.date());
  text += 'T';
  add_two_digits(text, second / 3600);
  add_two_digits(text, second / 60 % 60);
  add_two_digits(text, second % 60);
  return text;
}

std::optional<Millis> parse_basic_utc(std::string_view text) {
  if (!text.ends_with('Z')) return std::nullopt;
  const auto time = parse_local_time(text.substr(0, text.size() - 1));
  if (!time) return std::nullopt;
  return Millis{time->seconds * 1000};
}

std::string format_basic_utc(Millis instant) {
  return format_local_time(TimeZone::utc().local_at(instant)) + 'Z';
}

}  // namespace gw
