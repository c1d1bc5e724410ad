// Module `logout`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kLogoutModule;

}  // namespace gw::ajax
