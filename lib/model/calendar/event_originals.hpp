// The iCalendar texts that events came with, for faces that write iCalendar: what we know nothing of survives
// there. Source: design section 3, original bytes.
#pragma once

#include <string>

#include "model/calendar/calendar_reading.hpp"

namespace gw::model::calendar {

/// False where parts of the event are hidden from the reader by its class. Its attendees must have been read.
bool is_seen_whole(const UnitOfWork& work, const SeenEvent& seen);
/// Empty when it came otherwise, and for readers from whom parts of the event are hidden by its class. Cost:
/// one select.
std::string original_of(UnitOfWork& work, const SeenEvent& seen);

}  // namespace gw::model::calendar
