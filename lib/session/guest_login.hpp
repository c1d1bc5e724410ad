// From the token of a share, and its password when it has one, to a guest. Makes no session. Tokens and
// passwords are throttled like those of login.hpp.
#pragma once

#include <optional>
#include <string>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "model/shares/share_access.hpp"
#include "sql/scope.hpp"

namespace gw::session {

struct GuestCredentials {
  std::string token;
  std::string address;
  std::string user_agent;
};

/// The share behind a token. Trying tokens counts as failing to sign in. Errors: HttpError 404 unknown,
/// ended, or of a locked context: nothing tells these apart; HttpError 429 this address failed too often.
/// Cost: three queries, more for what does not exist.
model::shares::OpenShare open_share(sql::Scope& database, const Settings& settings, const Clock& clock,
                                    const GuestCredentials& credentials);

/// The same with a proof: `name` is what a named guest typed, empty for links. Errors: LGI-0006 no such
/// share, or somebody else's name; LGI-0025 wrong password; LGI-0028 too many attempts; HttpError 429. Cost:
/// as session::log_in.
model::shares::OpenShare log_in_guest(sql::Scope& database, const Settings& settings, const Clock& clock,
                                      const GuestCredentials& credentials,
                                      const std::optional<std::string>& name, const std::string& password);

}  // namespace gw::session
