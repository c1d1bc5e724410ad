// Module `quota`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kQuotaModule;

}  // namespace gw::ajax
