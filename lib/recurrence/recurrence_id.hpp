// The name of an occurrence: its original start. Clients keep the text as a key, so it has one form, byte for
// byte. Source: spec chronos section 1; RFC 5545 section 3.8.4.4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/local_time.hpp"

namespace gw::recurrence {

struct RecurrenceId {
  enum class Kind {
    Date,      ///< of all-day series
    Floating,  ///< without zone
    Utc,       ///< every other
  };
  Kind kind = Kind::Utc;
  /// Seconds since 1970-01-01T00:00:00, of UTC or of a clock without zone; midnight for dates.
  std::int64_t seconds = 0;
  auto operator<=>(const RecurrenceId&) const = default;

  static RecurrenceId of_date(Date date) { return {Kind::Date, LocalTime::at_midnight(date).seconds}; }
  static RecurrenceId floating(LocalTime local) { return {Kind::Floating, local.seconds}; }
  /// Parts of a second are dropped: iCalendar has none.
  static RecurrenceId utc(Millis instant) { return {Kind::Utc, TimeZone::utc().local_at(instant).seconds}; }
};

/// Accepts `YYYYMMDDTHHMMSSZ`, `YYYYMMDDTHHMMSS`, `YYYYMMDD`, and `TZID:` before the last two, a zone by any
/// name that find_zone_by_name knows: a time in it becomes UTC, before a date it is dropped. Errors: empty
/// for anything else, also for an unknown zone.
std::optional<RecurrenceId> parse_recurrence_id(std::string_view text);
/// `YYYYMMDDTHHMMSSZ`, `YYYYMMDDTHHMMSS` or `YYYYMMDD`.
std::string format_recurrence_id(const RecurrenceId& id);

}  // namespace gw::recurrence
