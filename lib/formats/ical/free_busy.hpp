// Busy times as a VFREEBUSY that is published: for programs that ask an address for them. Source: RFC 5545
// section 3.6.4, RFC 5546 section 3.3.1 (PUBLISH).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "model/calendar/calendar_reading.hpp"

namespace gw::formats::ical {

struct FreeBusySheet {
  std::string_view address, name;  ///< of whom it tells
  Millis made;
  model::calendar::TimeRange range;
  /// Ascending, without overlap. Free ones are left out.
  const std::vector<model::calendar::BusySlot>& slots;
  bool is_simple = false;  ///< all are busy, without kinds; neighbours become one
};

/// A whole VCALENDAR.
std::string format_free_busy(const FreeBusySheet& sheet);

}  // namespace gw::formats::ical
