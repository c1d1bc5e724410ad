// Module `system`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kSystemModule;

}  // namespace gw::ajax
