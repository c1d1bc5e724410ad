// Modules `mail` and `image/mail/picture`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMailModule;
extern const ApiModule kImageMailModule;

}  // namespace gw::ajax
