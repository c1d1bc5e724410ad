// Programs that sign in with the one login that a directive names, such as a mail server. Not for users.
#pragma once

#include <string_view>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "session/login.hpp"
#include "sql/scope.hpp"

namespace gw::session {

/// What a directive says.
struct ServiceAccount {
  std::string_view service;  ///< its name in the log and among the counters, such as "mail-notify"
  std::string_view login, secret;
};

/// Lets in whoever has the login and the secret. Failures are counted by address, apart from those of users:
/// somebody who guesses slows down his own address only, and a wrong secret at a mail server keeps none of
/// the users behind the same address from signing in.
/// Errors: HttpError 401; 429 after throttle.hpp's kMaxFailuresPerPlace of one address in five minutes.
/// Cost: two queries; a failure writes.
void check_service(sql::Scope& database, const SessionSettings& settings, const Clock& clock,
                   const ServiceAccount& account, const Credentials& given);

}  // namespace gw::session
