// Module `token`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kTokenModule;

}  // namespace gw::ajax
