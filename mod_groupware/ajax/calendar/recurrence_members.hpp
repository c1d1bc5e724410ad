// The recurrence members of classic appointments in and out; what they mean is
// recurrence/classic_pattern.hpp. Source: spec calendar section 4.
#pragma once

#include "ajax/calendar/appointment.hpp"
#include "ajax/calendar/series_places.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

/// Type, interval, days, until and so on of a series. Rules that have no classic form show no members at all.
void write_recurrence(Appointment& appointment, const recurrence::Series& series);

/// Puts the rule that the members of `body` say into the input, if they say another one than `current` has,
/// or one must be written anew because the start moved. `current`: the stored master or single event; nullptr
/// for a new one. `input.event` has start and end already. Errors: the APP codes of recurrence::PatternState,
/// CAL-4002, CAL-4223.
void parse_recurrence(const Json& body, const model::calendar::EventData* current,
                      model::calendar::EventInput& input);

}  // namespace gw::ajax
