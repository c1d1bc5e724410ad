// Module `share`: the address of a share, as people open it. Source: spec settings section "share and
// guests".
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kShareModule;

}  // namespace gw::ajax
