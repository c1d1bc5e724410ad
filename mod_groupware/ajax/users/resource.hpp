// Module `resource`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kResourceModule;

}  // namespace gw::ajax
