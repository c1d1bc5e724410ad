// Module `conversion`: what lies in a mail becomes objects of other modules.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kConversionModule;

}  // namespace gw::ajax
