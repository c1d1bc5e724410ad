#include "ajax/session_check.hpp"

#include <algorithm>

#include "ajax/cookies.hpp"
#include "core/crypto.hpp"
#include "core/errors/session.hpp"
#include "model/users/user_directory.hpp"
#include "session/address.hpp"
#include "session/session_place.hpp"

namespace gw::ajax {
namespace {

session::Session find_session(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                              bool public_allowed) {
  const std::string_view id = request.parameter("session").value_or("");
  if (!id.empty()) {
    if (auto session = runtime.sessions.find(database_with(work, id), id)) return std::move(*session);
    throw expired_error(id);
  }
  if (public_allowed) {
    const std::string name = std::string(kPublicCookie) + public_cookie_hash(runtime, request.user_agent);
    const auto cookie = request.cookies.find(name);
    const std::string_view public_id = cookie ? *cookie : request.parameter("publicSession").value_or("");
    if (!public_id.empty()) {
      if (auto session = runtime.sessions.find_public(database_with(work, public_id), public_id))
        return std::move(*session);
      throw expired_error({});
    }
  }
  throw HttpError(400, "Missing the following request parameter: session");
}

bool is_exempt_client(const SessionSettings& settings, const std::string& client) {
  return std::find(settings.address_exempt_clients.begin(), settings.address_exempt_clients.end(), client) !=
         settings.address_exempt_clients.end();
}

bool is_exempt_address(const SessionSettings& settings, const std::string& address) {
  return std::any_of(settings.address_exempt_networks.begin(), settings.address_exempt_networks.end(),
                     [&](const std::string& network) { return session::is_in_network(address, network); });
}

}  // namespace

ApiError expired_error(std::string_view id) {
  const bool is_id = id.size() == 32 && std::all_of(id.begin(), id.end(), [](char c) {
                       return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                     });
  return ApiError(errors::ses::kExpired, {is_id ? std::string(id) : "(unknown)"});
}

std::string_view secret_of(const Request& request, const Runtime& runtime, const session::Session& session) {
  const std::string name = std::string(kSecretCookie) + cookie_hash_of(runtime, session, request);
  return request.cookies.find(name).value_or("");
}

bool has_secret(const Request& request, const Runtime& runtime, const session::Session& session) {
  const std::string_view secret = secret_of(request, runtime, session);
  return !secret.empty() && equal_constant_time(to_hex(sha256(secret)), session.secret_hash);
}

sql::Scope& database_with(model::UnitOfWork& work, std::string_view id) {
  work.enter_database(session::database_of_id(id));
  return work.database();
}

std::int64_t load_session_caller(model::UnitOfWork& work, const session::Session& session) {
  model::users::AccountState state;
  auto caller = model::users::load_caller(work.connection(), session.context, session.user, &state);
  if (state.is_locked) throw ApiError(errors::ses::kContextLocked);
  if (!caller) work.forget_place(session.context);
  if (!caller || (state.ends.value > 0 && state.ends <= work.now())) throw expired_error(session.id);
  work.replace_caller(std::move(*caller));
  return state.stamp;
}

void confirm_session(Runtime& runtime, model::UnitOfWork& work, session::Session& session) {
  const std::int64_t stamp = load_session_caller(work, session);
  if (!runtime.sessions.confirm(work.database(), session, stamp)) throw expired_error(session.id);
}

Liveness look_at_session(Runtime& runtime, const session::Session& session) noexcept try {
  model::UnitOfWork work(runtime.environment, {});
  auto current = runtime.sessions.look(database_with(work, session.id), session.id);
  if (!current || current->user != session.user || current->context != session.context)
    return Liveness::Ended;
  confirm_session(runtime, work, *current);
  return Liveness::Alive;
} catch (const ApiError&) {
  return Liveness::Ended;
} catch (const std::exception&) {
  // The pool has written its line for an outage.
  return Liveness::Unknown;
}

std::optional<bool> is_user(Runtime& runtime, ContextId context, UserId user) noexcept try {
  model::UnitOfWork work(runtime.environment, {});
  work.enter(context);
  const auto caller = model::users::load_caller(work.connection(), context, user);
  return caller && !caller->is_guest;
} catch (const std::exception&) {
  return std::nullopt;
}

void check_address(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                   session::Session& session) {
  const SessionSettings& settings = work.settings().session;
  if (request.remote_address == session.address) return;
  if (!settings.check_address || is_exempt_client(settings, session.client)) {
    runtime.sessions.change_address(work.database(), session, request.remote_address);
    return;
  }
  if (session::same_network(request.remote_address, session.address, settings.address_bits_v4,
                            settings.address_bits_v6))
    return;
  if (!is_exempt_address(settings, request.remote_address)) throw ApiError(errors::ses::kWrongAddress);
}

session::Session check_session(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                               bool public_allowed) {
  session::Session session = find_session(request, runtime, work, public_allowed);
  if (!has_secret(request, runtime, session)) throw ApiError(errors::ses::kWrongSecret);
  confirm_session(runtime, work, session);
  check_address(request, runtime, work, session);
  return session;
}

}  // namespace gw::ajax
