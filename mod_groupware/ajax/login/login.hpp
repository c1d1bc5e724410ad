// Module `login`. Source: spec conventions section 10.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kLoginModule;

}  // namespace gw::ajax
