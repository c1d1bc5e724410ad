// The API module `events`, ours: Server-Sent Events (GET without action) and the long poll. Source: spec
// push-modern 7.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kEventsModule;

}  // namespace gw::ajax
