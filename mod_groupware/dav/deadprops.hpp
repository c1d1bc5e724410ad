// The table of dead properties for mod_dav.
#pragma once

#include "dav/dav_api.hpp"

namespace gw::dav {

extern const dav_hooks_propdb kDeadProperties;

}  // namespace gw::dav
