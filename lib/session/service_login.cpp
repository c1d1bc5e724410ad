#include "session/service_login.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "session/throttle.hpp"

namespace gw::session {
namespace {

/// Digests have one length, so time tells nothing about that of the secret.
bool is_service(const ServiceAccount& account, const Credentials& given) {
  const auto digest = [](std::string_view login, std::string_view secret) {
    return sha256(fmt::format("{}:{}:{}", login.size(), login, secret));
  };
  return equal_constant_time(digest(account.login, account.secret), digest(given.name, given.password));
}

Admission admit_service(sql::Connection& connection, const SessionSettings& settings, Millis now,
                        std::string_view service, const Credentials& given) try {
  Attempt attempt;
  // The address is part of the account: no stranger's failures count for it.
  attempt.account = fmt::format("?{}/{}", service, given.address);
  attempt.address = fmt::format("{} {}", service, given.address);
  attempt.user_agent = given.user_agent;
  return admit_attempt(connection, settings, now, std::move(attempt));
} catch (const ApiError& error) {
  throw HttpError(429, error.what());
}

}  // namespace

void check_service(sql::Scope& database, const SessionSettings& settings, const Clock& clock,
                   const ServiceAccount& account, const Credentials& given) {
  const Admission admission =
      admit_service(database.connection(), settings, clock.now(), account.service, given);
  if (is_service(account, given)) return;
  log(LogLevel::Notice, "GW0386",
      fmt::format("wrong credentials for {} from {}", account.service, given.address));
  record_failure(database, clock.now(), admission);
  throw HttpError(401, "Wrong credentials.");
}

}  // namespace gw::session
