// The order of lists of events.
#pragma once

#include <vector>

#include "model/calendar/event_data.hpp"
#include "model/caller.hpp"

namespace gw::model::calendar {

/// By one member, then by start, then by id; texts in the order of the caller's language, absent ones last.
/// Members without an order of their own sort by start. Floating times count in the caller's zone.
void sort_events(std::vector<SeenEvent>& events, EventField field, bool is_descending, const Caller& caller);

}  // namespace gw::model::calendar
