// Busy times laid over each other. Pure. Source: spec chronos section 10.
#pragma once

#include <vector>

#include "model/calendar/calendar_reading.hpp"

namespace gw::model::calendar {

/// What an event means for one who takes part in it.
BusyType busy_type_of(const EventData& event, const Attendee& attendee);
/// The strongest type counts where slots overlap, neighbours of one type become one slot. Their events are
/// left out.
std::vector<BusySlot> merge_slots(const std::vector<BusySlot>& slots);

}  // namespace gw::model::calendar
