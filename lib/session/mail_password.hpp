// The mail password a session carries: sealed under the secret cookie, so that neither a stolen table nor a
// copy of the cache reveals it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/session.hpp"

namespace gw::session {

/// Bound to the session's id: a sealed password moved to another row opens nothing. Empty for an empty
/// password.
std::string seal_mail_password(const Session& session, std::string_view secret, std::string_view password);

/// `secret` is the value of the secret cookie. Errors: empty when the session has none or the secret is
/// wrong.
std::optional<std::string> open_mail_password(const Session& session, std::string_view secret);

}  // namespace gw::session
