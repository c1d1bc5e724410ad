// Module `calendar`: classic appointments, another view of the events of chronos. Source: spec calendar;
// http-api.json.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kCalendarModule;

}  // namespace gw::ajax
