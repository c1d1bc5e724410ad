// Module `export`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kExportModule;

}  // namespace gw::ajax
