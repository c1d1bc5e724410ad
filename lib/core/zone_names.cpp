#include "core/zone_names.hpp"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include "core/text.hpp"

namespace gw {
namespace {

constexpr std::size_t kLongestName = 128;
constexpr std::size_t kMaxChanges = 1'000;

/// Where CCTZ reads zones, too.
std::string zone_folder() {
  const char* folder = std::getenv("TZDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

std::string_view bare_name(std::string_view name) {
  name = trim(name);
  const bool is_quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
  return is_quoted ? trim(name.substr(1, name.size() - 2)) : name;
}

/// True for the zone that a name of Windows means when nothing else is known.
bool stands_for_windows(const std::string& name) {
  const std::vector<UChar> id(name.begin(), name.end());
  std::array<UChar, kLongestName> windows{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size =
      ucal_getWindowsTimeZoneID(id.data(), static_cast<std::int32_t>(id.size()), windows.data(),
                                static_cast<std::int32_t>(windows.size()), &status);
  if (U_FAILURE(status) || size <= 0) return false;
  const auto zone = find_windows_zone(std::string(windows.begin(), windows.begin() + size));
  return zone && zone->name() == name;
}

struct KnownZone {
  TimeZone zone;
  bool is_best_known = false;
};

/// The zones of tzdata's list of countries, and those without country.
std::vector<KnownZone> read_known_zones() {
  std::vector<KnownZone> zones;
  const auto add = [&](const std::string& name) {
    if (auto zone = TimeZone::find(name)) zones.push_back({std::move(*zone), stands_for_windows(name)});
  };
  std::ifstream table(zone_folder() + "/zone.tab");
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string_view> columns = split(line, '\t');
    if (columns.size() > 2) add(std::string(columns[2]));
  }
  add("UTC");
  for (int hours = 1; hours <= 14; ++hours) {
    if (hours <= 12) add("Etc/GMT+" + std::to_string(hours));
    add("Etc/GMT-" + std::to_string(hours));
  }
  return zones;
}

const std::vector<KnownZone>& known_zones() {
  static const std::vector<KnownZone> zones = read_known_zones();
  return zones;
}

/// How many words of three letters and more both names have.
int count_shared_words(std::string_view zone, std::string_view name) {
  const std::string wanted = to_lower_ascii(name);
  const std::string own = to_lower_ascii(zone);
  int count = 0;
  for (std::size_t begin = 0; begin < own.size();) {
    const std::size_t end = std::min(own.find_first_of("/_-", begin), own.size());
    if (end - begin >= 3 && wanted.find(own.substr(begin, end - begin)) != std::string::npos) ++count;
    begin = end + 1;
  }
  return count;
}

}  // namespace

std::string tzdata_version() {
  std::ifstream file(zone_folder() + "/tzdata.zi");
  std::string line;
  std::getline(file, line);
  constexpr std::string_view kHead = "# version ";
  return line.starts_with(kHead) ? std::string(trim(std::string_view(line).substr(kHead.size()))) : "";
}

std::optional<TimeZone> find_iana_zone(std::string_view name) {
  name = bare_name(name);
  if (name.size() > kLongestName) return std::nullopt;
  // Longest first: Buenos_Aires alone is no zone, and Etc/GMT+1 is another one than GMT+1.
  while (!name.empty()) {
    if (auto zone = TimeZone::find(name)) return zone;
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) break;
    name.remove_prefix(slash + 1);
  }
  return std::nullopt;
}

std::optional<TimeZone> find_windows_zone(std::string_view name) {
  name = bare_name(name);
  if (name.empty() || name.size() > kLongestName) return std::nullopt;
  std::array<UChar, kLongestName> windows{};
  std::array<UChar, kLongestName> found{};
  // ICU gives an empty text, and no error, for names that it does not know. Only its table of names is used,
  // never its rules.
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t length = 0;
  u_strFromUTF8(windows.data(), static_cast<std::int32_t>(windows.size()), &length, name.data(),
                static_cast<std::int32_t>(name.size()), &status);
  if (U_FAILURE(status) || length == 0) return std::nullopt;
  const std::int32_t size = ucal_getTimeZoneIDForWindowsID(windows.data(), length, nullptr, found.data(),
                                                           static_cast<std::int32_t>(found.size()), &status);
  if (U_FAILURE(status) || size <= 0) return std::nullopt;
  return TimeZone::find(std::string(found.begin(), found.begin() + size));
}

std::optional<TimeZone> find_zone_by_name(std::string_view name) {
  auto zone = find_iana_zone(name);
  return zone ? zone : find_windows_zone(name);
}

OffsetHistory offset_history(const TimeZone& zone, Millis from, Millis until) {
  OffsetHistory history{zone.offset_at(from), {}};
  Millis at = from;
  while (history.changes.size() < kMaxChanges) {
    const auto next = zone.next_change(at);
    if (!next || *next >= until) break;
    history.changes.push_back({*next, zone.offset_at(*next)});
    at = *next;
  }
  return history;
}

namespace {

bool runs_like(const OffsetHistory& found, const OffsetHistory& wanted, std::int64_t slack) {
  return std::equal(found.changes.begin(), found.changes.end(), wanted.changes.begin(), wanted.changes.end(),
                    [&](const OffsetHistory::Change& a, const OffsetHistory::Change& b) {
                      return a.offset == b.offset && std::abs(a.at.value - b.at.value) <= slack;
                    });
}

/// `slack`: by how many ms the changes may lie beside those that are wanted.
std::optional<TimeZone> find_zone(const OffsetHistory& wanted, Millis from, Millis until,
                                  std::string_view name, std::span<const TimeZone> preferred,
                                  std::int64_t slack) {
  const auto fits = [&](const TimeZone& zone) {
    return zone.offset_at(from) == wanted.first_offset &&
           runs_like(offset_history(zone, from, until), wanted, slack);
  };
  for (const TimeZone& zone : preferred)
    if (fits(zone)) return zone;
  const KnownZone* best = nullptr;
  int best_score = -1;
  for (const KnownZone& known : known_zones()) {
    if (!fits(known.zone)) continue;
    const int score = 2 * count_shared_words(known.zone.name(), name) + (known.is_best_known ? 1 : 0);
    if (score > best_score) {
      best = &known;
      best_score = score;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->zone);
}

}  // namespace

std::optional<TimeZone> find_zone_by_history(const OffsetHistory& wanted, Millis from, Millis until,
                                             std::string_view name, std::span<const TimeZone> preferred) {
  // What programs get wrong is the hour of a change, not its day.
  constexpr std::int64_t kDayOfMillis = 86'400'000;
  if (auto zone = find_zone(wanted, from, until, name, preferred, 0)) return zone;
  return find_zone(wanted, from, until, name, preferred, kDayOfMillis);
}

}  // namespace gw
