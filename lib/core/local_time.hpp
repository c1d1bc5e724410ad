// Times as clocks on a wall show them, without zone, and the basic texts of iCalendar for days and times. Not
// for durations. Source: RFC 5545 sections 3.3.4 and 3.3.5.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace gw {

/// Seconds since 1970-01-01T00:00:00 on a clock that never changes its offset. Which instant it is, a
/// TimeZone knows.
struct LocalTime {
  std::int64_t seconds = 0;
  constexpr auto operator<=>(const LocalTime&) const = default;

  static constexpr std::int64_t kDaySeconds = 86'400;
  static constexpr LocalTime at_midnight(Date date) { return {std::int64_t{date.days} * kDaySeconds}; }
  [[nodiscard]] constexpr std::int64_t second_of_day() const {
    return (seconds % kDaySeconds + kDaySeconds) % kDaySeconds;
  }
  [[nodiscard]] constexpr Date date() const {
    return {static_cast<std::int32_t>((seconds - second_of_day()) / kDaySeconds)};
  }
};

/// `YYYYMMDD` of the years 1 to 9999, nothing else. Errors: empty, also for days that do not exist.
std::optional<Date> parse_basic_date(std::string_view text);
std::string format_basic_date(Date date);
/// `YYYYMMDDTHHMMSS`, nothing else; a leap second (:60) is read as :59. Errors: empty, also for times that do
/// not exist.
std::optional<LocalTime> parse_local_time(std::string_view text);
std::string format_local_time(LocalTime time);
/// `YYYYMMDDTHHMMSSZ`. Errors: as parse_local_time.
std::optional<Millis> parse_basic_utc(std::string_view text);
/// Parts of a second are dropped.
std::string format_basic_utc(Millis instant);

}  // namespace gw
