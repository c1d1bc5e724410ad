// Module `jobs`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kJobsModule;

}  // namespace gw::ajax
