#include "session/guest_login.hpp"

#include <fmt/format.h>

#include "core/errors/login.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "session/password.hpp"
#include "session/throttle.hpp"

namespace gw::session {
namespace {

using model::shares::OpenShare;

Admission admit(sql::Connection& connection, const Settings& settings, const Clock& clock,
                const std::optional<OpenShare>& share, const GuestCredentials& credentials) {
  Attempt attempt;
  attempt.address = credentials.address;
  attempt.user_agent = credentials.user_agent;
  if (share) {
    // The same account as in confirm_password: guests that change their password count together with it.
    attempt.account = fmt::format("{}/#{}", share->context.value, share->guest.value);
    attempt.context = share->context;
    attempt.user = share->guest;
  } else {
    attempt.account = "?share/" + credentials.token.substr(0, 64);
  }
  return admit_attempt(connection, settings.session, clock.now(), std::move(attempt));
}

bool is_named(const OpenShare& share, const std::optional<std::string>& name) {
  if (!name) return share.is_link;
  return !share.is_link && equal_ignoring_ascii_case(trim(*name), share.mail);
}

}  // namespace

OpenShare open_share(sql::Scope& database, const Settings& settings, const Clock& clock,
                     const GuestCredentials& credentials) {
  auto share = model::shares::find_share(database.connection(), clock.now(), credentials.token);
  // A share that exists proves nothing about its password yet, and must open for everybody else.
  if (share) return std::move(*share);
  // Many people behind one address may follow a link that is over: that must not keep them from signing in.
  GuestCredentials apart = credentials;
  apart.address = "share " + credentials.address;
  const Admission admission = admit(database.connection(), settings, clock, share, apart);
  log(LogLevel::Notice, "GW0382",
      fmt::format("a share that does not exist was asked for from {}", credentials.address));
  record_failure(database, clock.now(), admission);
  throw HttpError(404, "This share does not exist, or it is over.");
}

OpenShare log_in_guest(sql::Scope& database, const Settings& settings, const Clock& clock,
                       const GuestCredentials& credentials, const std::optional<std::string>& name,
                       const std::string& password) {
  auto share = model::shares::find_share(database.connection(), clock.now(), credentials.token);
  const Admission admission = admit(database.connection(), settings, clock, share, credentials);
  database.release();
  const bool is_known = share && is_named(*share, name);
  bool is_right = is_known;
  if (!is_known)
    verify_nothing(password, settings.session.password_cost);
  else if (share->password_hash)
    is_right = verify_password(password, *share->password_hash);
  if (!is_right) {
    log(LogLevel::Notice, "GW0383", fmt::format("failed sign-in of a guest from {}", credentials.address));
    record_failure(database, clock.now(), admission);
    throw ApiError(is_known ? errors::lgi::kGuestPassword : errors::lgi::kInvalidCredentials);
  }
  record_success(database, clock.now(), admission);
  return std::move(*share);
}

}  // namespace gw::session
