// Module `passwordchange`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kPasswordChangeModule;

}  // namespace gw::ajax
