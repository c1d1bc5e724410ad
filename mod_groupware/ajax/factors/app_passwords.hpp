// Module `appPasswords`: passwords of one program each.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kAppPasswordsModule;

}  // namespace gw::ajax
