// VTIMEZONE of a zone of the system, no longer than the events need: others compute our times from it.
// Source: RFC 5545 section 3.6.5.
#pragma once

#include "core/time.hpp"
#include "formats/ical/component.hpp"

namespace gw::formats::ical {

/// The zone as it is between the two instants; `until` may lie as far as 9999. Where the years to come follow
/// a rule (the second Sunday of March), that rule stands there without end, so older programs that ignore our
/// range are right, too; where they follow none, every change is listed. Limits: changes are listed for 60
/// years behind `from` at most.
Component zone_component(const TimeZone& zone, Millis from, Millis until);

}  // namespace gw::formats::ical
