// Instants, calendar days, clocks and zones. Not for recurrence. Rules: spec conventions section 5.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gw {

/// An instant: milliseconds since 1970-01-01 UTC. Wire type "Timestamp".
struct Millis {
  std::int64_t value = 0;
  constexpr auto operator<=>(const Millis&) const = default;
};

/// A calendar day without zone: days since 1970-01-01. Wire type "Date" (milliseconds of 00:00 UTC).
struct Date {
  std::int32_t days = 0;
  constexpr auto operator<=>(const Date&) const = default;

  /// Rounds down to the day that holds the instant; clamps to +-200,000 years.
  static Date from_millis(std::int64_t millis);
  [[nodiscard]] std::int64_t to_millis() const { return std::int64_t{days} * 86'400'000; }
};

/// Year, month 1..12, day 1..31 of the proleptic Gregorian calendar.
struct CivilDay {
  std::int32_t year = 1970;
  int month = 1;
  int day = 1;
  auto operator<=>(const CivilDay&) const = default;
};

CivilDay civil_day(Date date);
/// Errors: empty when month or day do not exist in that year.
std::optional<Date> date_from_civil(CivilDay day);
/// `yyyy-MM-dd`.
std::string format_iso_date(Date date);
/// Accepts `yyyy-MM-dd` and `yyyyMMdd`, nothing else.
std::optional<Date> parse_iso_date(std::string_view text);
/// `Thu, 01 Jan 1970 00:00:00 GMT`. Source: RFC 9110 section 5.6.7.
std::string format_http_date(Millis instant);
/// `1970-01-01T00:00:00Z`. Source: RFC 3339.
std::string format_utc(Millis instant);

/// Where "now" comes from; tests give their own. Threads: any.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Millis now() const = 0;
};
const Clock& system_clock();

struct LocalTime;  // local_time.hpp

/// One zone of the system's tzdata. Cheap to copy. Threads: any.
class TimeZone {
 public:
  static TimeZone utc();
  /// Accepts `UTC`, `utc`, `GMT` and IANA names. Errors: empty for an unknown name or one with path tricks.
  static std::optional<TimeZone> find(std::string_view name);
  /// Offset from UTC in milliseconds at that instant, east positive.
  [[nodiscard]] std::int64_t offset_at(Millis instant) const;
  /// The instant at which clocks of the zone show the time. A time that the clocks skip is read with the
  /// offset before the gap, one that they show twice is the first of the two. Source: RFC 5545 section 3.3.5.
  [[nodiscard]] Millis to_instant(LocalTime local) const;
  /// What clocks of the zone show; parts of a second are dropped.
  [[nodiscard]] LocalTime local_at(Millis instant) const;
  /// What holds at an instant, for describing the zone to others.
  struct Phase {
    std::int64_t offset = 0;  ///< milliseconds, east positive
    bool is_daylight = false;
    std::string abbreviation;
  };
  [[nodiscard]] Phase phase_at(Millis instant) const;
  /// The next instant after this one at which the offset changes. Errors: empty when it never does again.
  [[nodiscard]] std::optional<Millis> next_change(Millis after) const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Zone;
  TimeZone(std::string name, std::shared_ptr<const Zone> zone);
  std::string name_;
  std::shared_ptr<const Zone> zone_;
};

/// Wire type "Time": the instant plus the zone's offset at that instant.
std::int64_t to_zone_time(Millis instant, const TimeZone& zone);
/// The instant that a "Time" means. A wall time that a change of clocks skips or repeats is taken with the
/// offset from before the change. Clamps to +-100,000,000 days.
Millis from_zone_time(std::int64_t time, const TimeZone& zone);

}  // namespace gw
