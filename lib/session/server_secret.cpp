#include "session/server_secret.hpp"

#include "model/server_secret.hpp"

namespace gw::session {

std::string load_cookie_salt(sql::Scope& database, const SessionSettings& settings) {
  if (!settings.cookie_salt.empty()) return settings.cookie_salt;
  return model::server_secret(database.connection(), "cookie_salt");
}

}  // namespace gw::session
