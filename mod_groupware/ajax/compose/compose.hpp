// Module `mail/compose`: composition spaces. Source: spec mail-compose section 2.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMailComposeModule;

}  // namespace gw::ajax
