// Modules `multifactor/provider` and `multifactor/device`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMultifactorDeviceModule;
extern const ApiModule kMultifactorProviderModule;

}  // namespace gw::ajax
