// What an httpd configuration says about the database and new accounts, so that nobody writes it twice.
#pragma once

#include <string>

#include "core/settings.hpp"

namespace groupwarectl {

/// Takes over GroupwareDatabase (the first one), GroupwareDefaultLocale, GroupwareDefaultTimezone,
/// GroupwareUniqueDisplayNames and GroupwareEditOwnContact. Reads one file; Include is not followed.
/// Errors: UsageError when the file cannot be read or names no database.
void read_config_file(const std::string& path, gw::Settings& settings);

}  // namespace groupwarectl
