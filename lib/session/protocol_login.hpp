// Signing in to protocols that send a name and a password with each request, such as WebDAV: by an app
// password, or by the user's own one unless he has a second factor. Makes no session.
#pragma once

#include <optional>
#include <string>

#include "session/app_passwords/app_scope.hpp"
#include "session/login.hpp"

namespace gw::session {

struct ProtocolLogin {
  LoginResult login;
  std::string app_password;  ///< its id; empty: the user's own password
};

/// By an app password of the scope alone. Notes the use, at most once in a minute for one program. Empty: the
/// password is none of this user and scope; nothing was counted yet. Errors: LGI-0001, LGI-0013 as log_in.
/// Cost: no query for a password that cannot be one; else four, and a write.
std::optional<ProtocolLogin> find_app_login(sql::Scope& database, const Settings& settings,
                                            const Clock& clock, app_passwords::AppScope scope,
                                            const Credentials& credentials);

/// `scope` empty: app passwords are not taken. Errors: those of log_in; MFA-0010 the password is right, but
/// the user has a second factor.
ProtocolLogin log_in_to_protocol(sql::Scope& database, const Settings& settings, const Clock& clock,
                                 std::optional<app_passwords::AppScope> scope, const Credentials& credentials,
                                 const PasswordAuthority* authority = nullptr);

/// Whether what was right a moment ago still is: the password is the same, no second factor came. For those
/// who remember it. Cost: two queries at most.
bool is_still_right(sql::Connection& connection, const ProtocolLogin& proved);

}  // namespace gw::session
