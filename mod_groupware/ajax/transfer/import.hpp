// Module `import`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kImportModule;

}  // namespace gw::ajax
