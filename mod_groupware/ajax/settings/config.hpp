// Module `config`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kConfigModule;

}  // namespace gw::ajax
