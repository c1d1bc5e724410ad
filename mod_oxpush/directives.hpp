// Access to the settings that the directives of mod_oxpush filled.
#pragma once

#include <httpd.h>

#include "settings.hpp"

namespace oxpush {

/// The settings of the main server.
/// Errors:  noexcept
/// Owns:    the configuration pool; gone at the next restart.
/// Threads: parent only
Settings& settings_of(server_rec* server) noexcept;

}  // namespace oxpush
