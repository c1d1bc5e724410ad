// The event that a client of chronos sends. Source: spec chronos section 3.
#pragma once

#include "core/json.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

/// Members that the server sets are ignored, null and "" clear. Lengths and rules are the service's business.
/// Errors: SVL-0028 when it is no object; CAL-4006 for a value of another kind, CAL-4001, -4003, -4005,
/// -4061.
model::calendar::EventInput parse_event(const Json& source);

}  // namespace gw::ajax
