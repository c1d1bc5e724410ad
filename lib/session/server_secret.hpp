// The salt of the cookie names: the same on all nodes of one database.
#pragma once

#include <string>

#include "core/settings.hpp"
#include "sql/scope.hpp"

namespace gw::session {

/// settings.cookie_salt, else the stored one; made at first use by whichever process comes first.
/// Cost:     at most one query, at first use one write.
std::string load_cookie_salt(sql::Scope& database, const SessionSettings& settings);

}  // namespace gw::session
