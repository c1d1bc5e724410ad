// Module `tasks`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kTasksModule;

}  // namespace gw::ajax
