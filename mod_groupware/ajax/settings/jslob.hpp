// Module `jslob`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kJslobModule;

}  // namespace gw::ajax
