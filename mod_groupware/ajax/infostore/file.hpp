// Modules `file` and `image/mfile/picture`: files that a client parks for a few minutes. Source:
// http-api.json.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kFileModule;
extern const ApiModule kImageManagedFileModule;

}  // namespace gw::ajax
