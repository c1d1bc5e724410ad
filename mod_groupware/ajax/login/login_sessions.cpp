#include "ajax/login/login_sessions.hpp"

#include "ajax/cookies.hpp"
#include "ajax/envelope.hpp"
#include "ajax/login/login_flow.hpp"
#include "ajax/login/login_guests.hpp"
#include "ajax/login/rampup.hpp"
#include "ajax/session_check.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/session.hpp"
#include "mailbox/mailbox.hpp"
#include "session/address.hpp"

namespace gw::ajax {
namespace {

/// How many session cookies of one browser are tried when their names do not depend on it (mode "remember").
constexpr int kMaxCandidates = 10;

session::Session check(Invocation& invocation) {
  return check_session(invocation.request, invocation.runtime, invocation.work, false);
}

session::NewSession with_secret(const Invocation& invocation, session::Session session) {
  std::string secret(secret_of(invocation.request, invocation.runtime, session));
  return {std::move(session), std::move(secret)};
}

/// The session of the guest whose share this browser opened last; it goes before others (spec conventions
/// 10).
std::optional<std::string> guest_candidate(Invocation& invocation, std::string_view client) {
  const Request& request = invocation.request;
  const auto token = request.cookies.find(share_cookie_name(request.user_agent));
  if (!token) return std::nullopt;
  enter_share_context(invocation.work, *token);
  const auto share = model::shares::find_share(invocation.work.connection(), invocation.work.now(), *token);
  if (!share) return std::nullopt;
  session::Session guest;
  guest.is_guest = true;
  guest.context = share->context;
  guest.user = share->guest;
  guest.client = client;
  const auto id = request.cookies.find(std::string(kSessionCookie) +
                                       cookie_hash(invocation.runtime, request.user_agent, guest));
  return id ? std::optional(std::string(*id)) : std::nullopt;
}

/// Ids of sessions whose cookies the browser holds for this client.
std::vector<std::string> cookie_candidates(const Invocation& invocation, std::string_view hash) {
  const Request& request = invocation.request;
  std::vector<std::string> ids;
  if (const auto id = request.cookies.find(std::string(kSessionCookie) + std::string(hash)))
    ids.emplace_back(*id);
  if (!invocation.work.settings().session.cookie_hash_remember) return ids;
  for (const auto& [name, value] : request.cookies.pairs())
    if (name.starts_with(kSessionCookie) && ids.size() < kMaxCandidates) ids.push_back(value);
  return ids;
}

std::optional<session::Session> resume(Invocation& invocation, const std::string& id,
                                       std::string_view client) {
  auto session = invocation.runtime.sessions.find(database_with(invocation.work, id), id);
  if (!session || session->client != client || !has_secret(invocation.request, invocation.runtime, *session))
    return std::nullopt;
  try {
    confirm_session(invocation.runtime, invocation.work, *session);
    check_address(invocation.request, invocation.runtime, invocation.work, *session);
  } catch (const ApiError&) {
    return std::nullopt;
  }
  return session;
}

bool is_of(const session::Session& session, const session::LoginResult& user) {
  return session.context == user.context.id && session.user == user.user.id;
}

void pass_trusted_factor(Invocation& invocation, session::Session& session) {
  if (session.factor != session::Factor::Pending || !invocation.request.trusted->has_second_factor) return;
  invocation.runtime.sessions.prove_factor(invocation.work.database(), session,
                                           [](sql::Connection&) { return true; });
}

/// Not thrown, because the cookies must go with it.
Response refuse_autologin(const Invocation& invocation, std::string_view hash) {
  const Request& request = invocation.request;
  const std::string_view locale =
      request.parameter("language").value_or(invocation.work.settings().default_locale);
  Response response =
      Response::bare(make_error_envelope(ApiError(errors::svl::kAutologinCookie), locale, next_error_id()));
  if (request.cookies.find(std::string(kSessionCookie) + std::string(hash)) ||
      request.cookies.find(std::string(kSecretCookie) + std::string(hash)))
    delete_session_cookies(response, invocation.runtime, hash, request.user_agent);
  return response;
}

}  // namespace

Response autologin(Invocation& invocation) {
  std::optional<session::LoginResult> trusted;
  if (invocation.request.trusted) trusted = find_trusted_user(invocation);
  if (!trusted && !invocation.work.settings().session.autologin)
    throw ApiError(errors::svl::kDisabled, {"autologin"});
  const std::string_view client = invocation.request.parameter("client").value_or("");
  const std::string hash = cookie_hash(invocation.runtime, invocation.request.user_agent, client);
  std::vector<std::string> ids = cookie_candidates(invocation, hash);
  if (auto guest = guest_candidate(invocation, client); guest && !trusted)
    ids.insert(ids.begin(), std::move(*guest));
  for (const std::string& id : ids) {
    auto session = resume(invocation, id, client);
    if (!session || (trusted && !is_of(*session, *trusted))) continue;
    if (trusted) pass_trusted_factor(invocation, *session);
    const session::NewSession own = with_secret(invocation, std::move(*session));
    return answer_login(invocation, own, invocation.request.user_agent);
  }
  if (!trusted) return refuse_autologin(invocation, hash);
  const LoginClient program = read_login_client(invocation);
  return answer_login(invocation, sign_in_trusted(invocation, *trusted, program), program.user_agent);
}

Response has_autologin(Invocation& invocation) {
  return Response::with_data(Json::boolean(invocation.work.settings().session.autologin));
}

Response store_session(Invocation& invocation) {
  session::Session session = check(invocation);
  if (!invocation.work.settings().session.autologin) throw ApiError(errors::svl::kDisabled, {"store"});
  if (!session.persistent) invocation.runtime.sessions.make_persistent(invocation.work.database(), session);
  Response response = Response::with_data(Json::string("1"));
  add_session_cookies(response, invocation.runtime, with_secret(invocation, std::move(session)),
                      invocation.request.user_agent);
  return response;
}

Response refresh_secret(Invocation& invocation) {
  const session::NewSession own = with_secret(invocation, check(invocation));
  Response response = Response::with_data(Json::string("1"));
  add_session_cookies(response, invocation.runtime, own, invocation.request.user_agent);
  response.cookies.erase(response.cookies.begin());  // all but the session cookie
  return response;
}

Response change_ip(Invocation& invocation) {
  const std::string id(invocation.arguments.text("session"));
  const std::string address(invocation.arguments.text("clientIP"));
  auto session = invocation.runtime.sessions.find(database_with(invocation.work, id), id);
  if (!session || !has_secret(invocation.request, invocation.runtime, *session)) throw expired_error(id);
  load_session_caller(invocation.work, *session);
  if (!session::is_address(address)) throw ApiError(errors::svl::kBadParameter, {"clientIP", address});
  invocation.runtime.sessions.change_address(invocation.work.database(), *session, address);
  return Response::with_data(Json::string("1"));
}

Response ramp_up(Invocation& invocation) {
  const session::Session session = check(invocation);
  const Request& request = invocation.request;
  const std::string_view flavour =
      request.parameter("rampUpFor").value_or(request.parameter("rampupFor").value_or(session.client));
  invocation.session = &session;
  Json object = Json::object();
  Json rampup = build_rampup(invocation, flavour);
  invocation.session = nullptr;
  if (!rampup.is_missing()) object.set("rampup", std::move(rampup));
  return Response::bare(std::move(object));
}

Response logout(Invocation& invocation) {
  const Request& request = invocation.request;
  const std::string_view id = request.parameter("session").value_or("");
  if (id.empty()) throw HttpError(400, "Missing the following request parameter: session");
  const auto session = invocation.runtime.sessions.find(database_with(invocation.work, id), id);
  if (!session || !has_secret(request, invocation.runtime, *session))
    throw HttpError(403, "The session is unknown or does not belong to you.");
  invocation.runtime.sessions.remove(invocation.work.database(), *session);
  if (invocation.runtime.mail_protocols != nullptr) {
    invocation.work.release();
    mailbox::forget_connections(*invocation.runtime.mail_protocols, *session);
  }
  Response response = Response::no_content(200);
  delete_session_cookies(response, invocation.runtime, cookie_hash_of(invocation.runtime, *session, request),
                         request.user_agent);
  if (session->is_guest) {
    // The public cookie may be that of another session, which goes on.
    const auto name = std::string(kPublicCookie) + public_cookie_hash(invocation.runtime, request.user_agent);
    if (request.cookies.find(name) != std::string_view(session->public_id)) response.cookies.pop_back();
    response.cookies.push_back({share_cookie_name(request.user_agent), "", 0});
  }
  return response;
}

}  // namespace gw::ajax
