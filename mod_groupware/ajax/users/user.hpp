// Modules `user` and `user/me`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kUserModule;
extern const ApiModule kUserMeModule;

}  // namespace gw::ajax
