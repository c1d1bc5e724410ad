// The API module `pns`: push subscriptions. Source: spec push-modern section 2.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kPnsModule;

}  // namespace gw::ajax
