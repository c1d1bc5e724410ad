// Module `sync`: clears folders, all or up to the first error. Source: spec folders section 15.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kSyncModule;

}  // namespace gw::ajax
