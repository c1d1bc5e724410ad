// Values of iCalendar: times, durations, periods, lists. Source: RFC 5545 section 3.3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_time.hpp"
#include "formats/ical/component.hpp"

namespace gw::formats::ical {

enum class DateKind {
  Date,      ///< a day
  Floating,  ///< a time without zone
  Utc,
  Zoned,  ///< a time in the zone that TZID names
};

/// A time as it was written. `local` is the wall time of its zone, of UTC for Utc, midnight for Date.
struct DateValue {
  DateKind kind = DateKind::Floating;
  LocalTime local;
  std::string tzid;  ///< of Zoned, without meaning yet: see ZoneResolver
  bool operator==(const DateValue&) const = default;
};

/// Days of a wall and exact seconds have the same sign. Weeks are seven days.
struct DurationValue {
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  bool operator==(const DurationValue&) const = default;
  /// Length on a wall.
  [[nodiscard]] std::int64_t total_seconds() const { return days * 86'400 + seconds; }
};

/// With `end` or `duration`, never both; with neither it is a single time.
struct PeriodValue {
  DateValue start;
  std::optional<DateValue> end;
  std::optional<DurationValue> duration;
};

/// Accepts what programs write besides RFC 5545: dates without VALUE=DATE, times without seconds, 240000 as
/// the next midnight. TZID on dates and UTC times is dropped. Errors: empty, also for days that do not exist.
std::optional<DateValue> parse_date_value(std::string_view text, std::string_view tzid);
/// The first value of a property. Errors: as above, and for a missing property.
std::optional<DateValue> read_date(const Property* property);
/// DTSTART and its like with VALUE and TZID as the kind needs them.
Property date_property(std::string_view name, const DateValue& value);
/// Without parameters.
std::string format_date_value(const DateValue& value);

/// Errors: empty; durations beyond 10,000 years are none.
std::optional<DurationValue> parse_duration(std::string_view text);
std::string format_duration(const DurationValue& duration);

/// The dates of EXDATE, or dates and periods of RDATE and FREEBUSY. Broken ones are counted in `broken`.
/// Limits: 20,000, the others count as broken.
std::vector<PeriodValue> read_periods(const Property& property, std::size_t& broken);

/// CATEGORIES and its like: split at commas, without escapes, trimmed, empty ones dropped.
std::vector<std::string> read_list(const Property& property);
Property list_property(std::string_view name, const std::vector<std::string>& texts);

}  // namespace gw::formats::ical
