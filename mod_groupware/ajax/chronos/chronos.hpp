// Modules `chronos` and `chronos/…`: the calendar as iCalendar knows it. Source: spec chronos; http-api.json.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kChronosModule;
/// Reminders of events.
extern const ApiModule kChronosAlarmModule;
/// When a user can be reached at all.
extern const ApiModule kChronosAvailabilityModule;
/// Scheduling mails: what they mean, and what can be done with them.
extern const ApiModule kChronosItipModule;
/// Tests settings of a calendar account before it is made.
extern const ApiModule kChronosAccountModule;

}  // namespace gw::ajax
