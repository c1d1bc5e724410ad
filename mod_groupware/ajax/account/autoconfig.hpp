// Module `autoconfig`: the servers of a mail address.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kAutoconfigModule;

}  // namespace gw::ajax
