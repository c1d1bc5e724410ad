// Zones of an iCalendar text. The system's tzdata decides wherever the name is known; rules that came along
// only help to find the zone that is meant. Source: spec chronos section 2.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/zone_names.hpp"
#include "formats/ical/values.hpp"

namespace gw::formats::ical {

/// How a zone was found, best first.
enum class ZoneMatch {
  Name,       ///< an IANA name, perhaps behind a prefix, of the TZID or of X-LIC-LOCATION
  Preferred,  ///< one of the caller's zones has the rules of the VTIMEZONE
  Windows,    ///< a name of Windows
  Rules,      ///< some zone has the rules
  Fallback,   ///< nothing fits: the caller's first zone
};

struct ResolvedZone {
  TimeZone zone;
  ZoneMatch match = ZoneMatch::Fallback;
};

/// Threads: one at a time. Answers are kept, also across calls. Limits: the rules of ten VTIMEZONEs are
/// looked at, and of each 40 rules.
class ZoneResolver {
 public:
  /// `zones` are the VTIMEZONEs of the text. `preferred`: the zone stored before, the calendar user's, the
  /// session user's; UTC if empty. Rules are compared from `from` to `until`: the years of the events, ten at
  /// most count.
  ZoneResolver(const std::vector<Component>& zones, std::vector<TimeZone> preferred, Millis from,
               Millis until);

  const ResolvedZone& resolve(const std::string& tzid);
  /// The zone of a time: UTC for UTC, empty for dates and floating times.
  std::optional<TimeZone> zone_of(const DateValue& value);
  /// The instant; dates and floating times as clocks in the first preferred zone show them.
  Millis instant_of(const DateValue& value);

 private:
  [[nodiscard]] ResolvedZone search(const std::string& tzid);

  std::map<std::string, Component, std::less<>> zones_;
  std::vector<TimeZone> preferred_;
  Millis from_, until_;
  int searches_ = 0;
  std::map<std::string, ResolvedZone, std::less<>> resolved_;
};

/// How the offset of a VTIMEZONE runs. Only yearly rules count. Limits: 1,000 changes.
/// Errors: empty when it has no observance that can be read.
std::optional<OffsetHistory> history_of_component(const Component& zone, Millis from, Millis until);

}  // namespace gw::formats::ical
