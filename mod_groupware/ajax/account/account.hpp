// Module `account`: the mail accounts of the caller.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kAccountModule;

}  // namespace gw::ajax
