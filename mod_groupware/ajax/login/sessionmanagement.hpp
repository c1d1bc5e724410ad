// Module `sessionmanagement`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kSessionManagementModule;

}  // namespace gw::ajax
