#include "session/protocol_login.hpp"

#include "core/errors/login.hpp"
#include "core/errors/multifactor.hpp"
#include "core/text.hpp"
#include "model/users/user_directory.hpp"
#include "session/app_passwords/app_password_rows.hpp"
#include "session/app_passwords/app_password_service.hpp"
#include "session/multifactor/device_rows.hpp"

namespace gw::session {
namespace {

constexpr std::int64_t kNoteAgain = 60'000;
constexpr std::size_t kLongestClient = 255, kLongestAddress = 64;

/// Nothing is written while one program comes again and again.
void note_use(sql::Scope& database, Millis now, ContextId context, UserId user,
              app_passwords::AppPassword password, const Credentials& credentials) {
  const std::string client =
      replace_invalid_utf8(std::string_view(credentials.user_agent).substr(0, kLongestClient));
  const std::string address = credentials.address.substr(0, kLongestAddress);
  if (now.value - password.last_used.value < kNoteAgain && password.address == address &&
      password.client == client)
    return;
  password.last_used = now;
  password.address = address;
  password.client = client;
  database.write([&](sql::Connection& connection) {
    app_passwords::note_app_password_use(connection, context, user, password);
  });
}

}  // namespace

std::optional<ProtocolLogin> find_app_login(sql::Scope& database, const Settings& settings,
                                            const Clock& clock, app_passwords::AppScope scope,
                                            const Credentials& credentials) {
  const auto folded = app_passwords::fold_app_password(credentials.password);
  if (!folded) return std::nullopt;
  sql::Connection& connection = database.connection();
  auto named = find_named_user(connection, settings, credentials.name);
  if (!named) return std::nullopt;
  const ContextId context = named->context.id;
  const std::string secret = app_passwords::load_app_password_secret(connection);
  const auto found = app_passwords::find_app_password(
      connection, context, named->user, scope,
      app_passwords::digest_app_password(secret, context, named->user, *folded));
  if (!found) return std::nullopt;
  LoginResult login = load_named_user(connection, std::move(*named));
  note_use(database, clock.now(), context, login.user.id, *found, credentials);
  return ProtocolLogin{std::move(login), found->id};
}

ProtocolLogin log_in_to_protocol(sql::Scope& database, const Settings& settings, const Clock& clock,
                                 std::optional<app_passwords::AppScope> scope, const Credentials& credentials,
                                 const PasswordAuthority* authority) {
  if (scope)
    if (auto proved = find_app_login(database, settings, clock, *scope, credentials))
      return std::move(*proved);
  ProtocolLogin proved{log_in(database, settings, clock, credentials, authority), {}};
  if (multifactor::has_second_factor(database.connection(), proved.login.context.id, proved.login.user.id))
    throw ApiError(errors::mfa::kNeedsAppPassword);
  return proved;
}

bool is_still_right(sql::Connection& connection, const ProtocolLogin& proved) {
  const ContextId context = proved.login.context.id;
  const UserId user = proved.login.user.id;
  if (!proved.app_password.empty())
    return app_passwords::has_app_password(connection, context, user, proved.app_password);
  const auto now = model::users::find_user(connection, context, user);
  return now && now->password_hash == proved.login.user.password_hash &&
         !multifactor::has_second_factor(connection, context, user);
}

}  // namespace gw::session
