// The table of locks for mod_dav.
#pragma once

#include <string_view>

#include "dav/dav_api.hpp"

namespace gw::dav {

extern const dav_hooks_locks kLocks;

/// Whether a running lock with this token reaches the resource.
bool is_locked_by(const dav_resource* resource, std::string_view token);

}  // namespace gw::dav
