// Zones as calendars of others name them: IANA names with prefixes, names of Windows, or only rules. The
// system's tzdata decides; rules that came along are a hint at best. Source: spec chronos section 2, CLDR
// (through ICU) for Windows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace gw {

/// The version of the tzdata of this machine ("2025b"); indexes of instants are made again when it changes.
/// Errors: empty when the system does not tell. Cost: reads the first line of a file.
std::string tzdata_version();

/// IANA names, also behind a path of a program (`/freeassociation.sourceforge.net/Europe/Berlin`). Quotes and
/// blanks around are dropped. Errors: empty.
std::optional<TimeZone> find_iana_zone(std::string_view name);
/// The zone that a name of Windows (`W. Europe Standard Time`) means where no country is known. Errors:
/// empty.
std::optional<TimeZone> find_windows_zone(std::string_view name);
/// Either. Errors: empty.
std::optional<TimeZone> find_zone_by_name(std::string_view name);

/// How the offset of a zone runs over a span of time.
struct OffsetHistory {
  struct Change {
    Millis at;
    std::int64_t offset = 0;  ///< from then on, milliseconds, east positive
    bool operator==(const Change&) const = default;
  };
  std::int64_t first_offset = 0;
  std::vector<Change> changes;
  bool operator==(const OffsetHistory&) const = default;
};

/// Limits: the first 1,000 changes.
OffsetHistory offset_history(const TimeZone& zone, Millis from, Millis until);

/// A zone whose offset runs like `wanted` between the two instants, if need be with changes at another hour
/// of the day: the first of `preferred` that does, else the one of tzdata whose name has most words of
/// `name`; of equal ones those that stand for a zone of Windows, as they are the best known. Errors: empty
/// when no zone runs so. Cost: reads every zone once per process, 0.1 s then; later a few milliseconds.
std::optional<TimeZone> find_zone_by_history(const OffsetHistory& wanted, Millis from, Millis until,
                                             std::string_view name, std::span<const TimeZone> preferred);

}  // namespace gw
