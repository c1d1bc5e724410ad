// Text to component trees. Tolerant: what cannot be read is left out and told as a warning. Source: RFC 5545
// section 3.4.
//
// Why not libical's parser: it turns lines it dislikes into X-LIC-ERROR properties, takes 30 February at
// 25:00 for a time and names it cannot find for UTC (spec chronos section 16); and vCards already have a
// reader of content lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formats/ical/component.hpp"

namespace gw::formats::ical {

/// Units: bytes, numbers. A text beyond `text`, `components` or `all_properties` is refused; beyond the
/// others something is left out.
struct Limits {
  std::size_t text = 33'554'432;
  std::size_t line = 16'777'216;         ///< an unfolded line: pictures inside events are one
  std::size_t components = 100'000;      ///< of the whole text
  std::size_t properties = 20'000;       ///< of one component
  std::size_t all_properties = 500'000;  ///< of the whole text
  std::size_t depth = 8;
  std::size_t warnings = 200;
};

enum class ReadError {
  None,
  Empty,     ///< no component in it
  TooLarge,  ///< more than Limits::text, components or all_properties
};

enum class WarningKind {
  BrokenLine,  ///< no content line
  LineTooLong,
  TooManyProperties,
  TooDeep,
  MissingEnd,
  UnexpectedEnd,
  BadValue,        ///< a property whose value is none; it is left out
  UnknownZone,     ///< a time in a zone that nobody knows; read in the fallback
  MissingUid,      ///< one was made
  DuplicateUid,    ///< two events without RECURRENCE-ID; the newer one stays
  EndBeforeStart,  ///< the end was dropped
  MissingStart,    ///< the component was left out
};

struct Warning {
  WarningKind kind = WarningKind::BrokenLine;
  std::string where;  ///< name of the property or component
  auto operator<=>(const Warning&) const = default;
};

struct ReadText {
  ReadError error = ReadError::None;
  /// The VCALENDARs in file order. Components outside of one stand in one of their own, behind the others.
  std::vector<Component> calendars;
  std::vector<Warning> warnings;
};

/// Reads a whole file. Byte order marks are honoured, UTF-16 and UTF-32 converted; lines that are no UTF-8
/// are taken as CP-1252. Line ends may be CRLF, LF or CR; missing END lines are added, control characters
/// dropped. Cost: linear.
ReadText read_components(std::string_view text, const Limits& limits = {});

}  // namespace gw::formats::ical
