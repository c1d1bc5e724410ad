// start_date, end_date, full_time and timezone of a classic appointment as the times of its event. Source:
// spec calendar section 1.
#pragma once

#include "ajax/action.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

/// Puts start and end into the input where they change. Errors: APP-0026, -0027 missing in a new one,
/// APP-0020 end before start, CAL-4001, SVL-0010.
void parse_appointment_times(const Invocation& invocation, const Json& body,
                             const model::calendar::EventData* current, model::calendar::EventInput& input);

}  // namespace gw::ajax
