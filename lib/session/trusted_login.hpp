// Users whom another module of the web server has proved, such as mod_auth_openidc or mod_auth_mellon. That
// it has, in this very request, is the caller's duty to know. Makes no session.
#pragma once

#include <string>

#include "core/settings.hpp"
#include "session/login.hpp"
#include "sql/connection.hpp"

namespace gw::session {

struct TrustedName {
  std::string name;     ///< as for log_in: `user`, `user@context` or `user@mapping`
  std::string context;  ///< name or mapping; not empty: what follows the last `@` of `name` does not count
};

/// The name as find_context_of_login takes it.
std::string full_name(const TrustedName& trusted);
/// Errors: LGI-0026 nobody here has this name; LGI-0001, LGI-0013 as log_in. Cost: five queries.
LoginResult log_in_trusted(sql::Connection& connection, const Settings& settings, const TrustedName& trusted);

}  // namespace gw::session
