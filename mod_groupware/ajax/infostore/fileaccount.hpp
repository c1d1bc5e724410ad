// Module `fileaccount`: the accounts of file storage services. Everybody has one, the server's own; others
// cannot be made.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kFileAccountModule;

}  // namespace gw::ajax
