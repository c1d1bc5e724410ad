// Module `group`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kGroupModule;

}  // namespace gw::ajax
