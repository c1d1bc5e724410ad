#include "core/time.hpp"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "core/local_time.hpp"

namespace gw {
namespace {

constexpr std::int64_t kDayMillis = 86'400'000;
constexpr std::int64_t kMaxDays = 73'000'000;
// CCTZ counts seconds from 1970; beyond this nothing is a time that people write.
constexpr std::int64_t kMaxLocalSeconds = kMaxDays * 86'400;
/// As many fit into std::chrono::year, whose calendar needs no loop over years as that of CCTZ does.
constexpr std::int32_t kDaysOfChrono = 10'000'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0) && ((a < 0) != (b < 0)));
}

std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds> seconds_point(Millis instant) {
  return std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>(
      std::chrono::seconds(floor_div(instant.value, 1000)));
}

class SystemClock final : public Clock {
 public:
  Millis now() const override {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
  }
};

bool parse_digits(std::string_view text, int& out) {
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  return ec == std::errc{} && end == text.data() + text.size() && text.front() != '-';
}

}  // namespace

Date Date::from_millis(std::int64_t millis) {
  return {static_cast<std::int32_t>(std::clamp(floor_div(millis, kDayMillis), -kMaxDays, kMaxDays))};
}

CivilDay civil_day(Date date) {
  if (date.days > -kDaysOfChrono && date.days < kDaysOfChrono) {
    const std::chrono::year_month_day plain{std::chrono::sys_days{std::chrono::days{date.days}}};
    return {int{plain.year()}, static_cast<int>(unsigned{plain.month()}),
            static_cast<int>(unsigned{plain.day()})};
  }
  const cctz::civil_day day = cctz::civil_day(1970, 1, 1) + date.days;
  return {static_cast<std::int32_t>(day.year()), day.month(), day.day()};
}

std::optional<Date> date_from_civil(CivilDay day) {
  const cctz::civil_day normal(day.year, day.month, day.day);
  if (normal.month() != day.month || normal.day() != day.day || normal.year() != day.year)
    return std::nullopt;
  const std::int64_t days = normal - cctz::civil_day(1970, 1, 1);
  if (days > kMaxDays || days < -kMaxDays) return std::nullopt;
  return Date{static_cast<std::int32_t>(days)};
}

std::string format_iso_date(Date date) {
  const CivilDay day = civil_day(date);
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::optional<Date> parse_iso_date(std::string_view text) {
  CivilDay day;
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    if (!parse_digits(text.substr(0, 4), day.year) || !parse_digits(text.substr(5, 2), day.month) ||
        !parse_digits(text.substr(8, 2), day.day))
      return std::nullopt;
  } else if (text.size() == 8) {
    if (!parse_digits(text.substr(0, 4), day.year) || !parse_digits(text.substr(4, 2), day.month) ||
        !parse_digits(text.substr(6, 2), day.day))
      return std::nullopt;
  } else {
    return std::nullopt;
  }
  return date_from_civil(day);
}

std::string format_http_date(Millis instant) {
  static constexpr std::array<const char*, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto civil = cctz::convert(seconds_point(instant), cctz::utc_time_zone());
  const auto weekday = static_cast<std::size_t>(cctz::get_weekday(cctz::civil_day(civil)));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays.at(weekday), civil.day(),
                     kMonths.at(static_cast<std::size_t>(civil.month() - 1)), civil.year(), civil.hour(),
                     civil.minute(), civil.second());
}

std::string format_utc(Millis instant) {
  const auto civil = cctz::convert(seconds_point(instant), cctz::utc_time_zone());
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", civil.year(), civil.month(), civil.day(),
                     civil.hour(), civil.minute(), civil.second());
}

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

struct TimeZone::Zone {
  cctz::time_zone zone;
};

TimeZone::TimeZone(std::string name, std::shared_ptr<const Zone> zone)
    : name_(std::move(name)), zone_(std::move(zone)) {}

namespace {

bool is_plain_zone_name(std::string_view name) {
  const bool is_plain = !name.empty() && name.size() <= 64 && name.front() != '/' && name.front() != '.' &&
                        name.find("..") == std::string_view::npos &&
                        std::all_of(name.begin(), name.end(), [](unsigned char c) {
                          return std::isalnum(c) || c == '/' || c == '_' || c == '-' || c == '+';
                        });
  // The files under right/ count leap seconds; localtime is whatever the machine is set to.
  return is_plain && !name.starts_with("right/") && !name.starts_with("posix") && name != "localtime";
}

}  // namespace

TimeZone TimeZone::utc() {
  static const auto* const utc =
      new TimeZone("UTC", std::make_shared<const Zone>(Zone{cctz::utc_time_zone()}));
  return *utc;
}

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  if (name == "UTC" || name == "utc" || name == "GMT" || name == "gmt") return utc();
  // As many as tzdata has names, unknown ones are not kept. Never freed, like every cache of the process.
  struct Known {
    std::shared_mutex mutex;
    std::map<std::string, TimeZone, std::less<>> zones;
  };
  static auto* const known = new Known;
  {
    const std::shared_lock lock(known->mutex);
    if (const auto found = known->zones.find(name); found != known->zones.end()) return found->second;
  }
  cctz::time_zone zone;
  if (!is_plain_zone_name(name) || !cctz::load_time_zone(std::string(name), &zone)) return std::nullopt;
  TimeZone made(std::string(name), std::make_shared<const Zone>(Zone{zone}));
  const std::unique_lock lock(known->mutex);
  return known->zones.try_emplace(made.name(), made).first->second;
}

std::int64_t TimeZone::offset_at(Millis instant) const {
  return std::int64_t{zone_->zone.lookup(seconds_point(instant)).offset} * 1000;
}

Millis TimeZone::to_instant(LocalTime local) const {
  const LocalTime wall{std::clamp(local.seconds, -kMaxLocalSeconds, kMaxLocalSeconds)};
  const CivilDay day = civil_day(wall.date());
  const cctz::civil_second civil(day.year, day.month, day.day, 0, 0, wall.second_of_day());
  // `pre` reads the time with the offset before a change: what RFC 5545 asks for in a gap, and the first of
  // two.
  return {std::int64_t{zone_->zone.lookup(civil).pre.time_since_epoch().count()} * 1000};
}

LocalTime TimeZone::local_at(Millis instant) const {
  return {floor_div(instant.value, 1000) + offset_at(instant) / 1000};
}

TimeZone::Phase TimeZone::phase_at(Millis instant) const {
  const cctz::time_zone::absolute_lookup found = zone_->zone.lookup(seconds_point(instant));
  return {std::int64_t{found.offset} * 1000, found.is_dst, found.abbr};
}

std::optional<Millis> TimeZone::next_change(Millis after) const {
  cctz::time_zone::civil_transition change;
  auto point = seconds_point(after);
  // A change of name only is one for CCTZ, too.
  while (zone_->zone.next_transition(point, &change)) {
    const auto at = zone_->zone.lookup(change.to).trans;
    if (at <= point) return std::nullopt;
    const Millis found{std::int64_t{at.time_since_epoch().count()} * 1000};
    if (change.from != change.to && offset_at(found) != offset_at({found.value - 1000})) return found;
    point = at;
  }
  return std::nullopt;
}

std::int64_t to_zone_time(Millis instant, const TimeZone& zone) {
  return instant.value + zone.offset_at(instant);
}

Millis from_zone_time(std::int64_t time, const TimeZone& zone) {
  constexpr std::int64_t kFarthest = 100'000'000 * std::int64_t{86'400'000};
  time = std::clamp(time, -kFarthest, kFarthest);
  const std::int64_t fraction = (time % 1'000 + 1'000) % 1'000;
  return {zone.to_instant({(time - fraction) / 1'000}).value + fraction};
}

}  // namespace gw
