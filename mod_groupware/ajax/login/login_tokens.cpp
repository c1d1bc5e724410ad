#include "ajax/login/login_tokens.hpp"

#include <fmt/format.h>

#include "ajax/cookies.hpp"
#include "ajax/login/login_flow.hpp"
#include "ajax/login/rampup.hpp"
#include "ajax/session_check.hpp"
#include "core/crypto.hpp"
#include "core/errors/login.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "session/mail_password.hpp"

namespace gw::ajax {
namespace {

/// The session goes on where the token was presented: its client, its address, its User-Agent.
void take_over(Invocation& invocation, session::Session& session) {
  session::SessionStore& sessions = invocation.runtime.sessions;
  const LoginClient client = read_login_client(invocation);
  const std::string& id = client.id.empty() ? session.client : client.id;
  const std::string hash = cookie_hash(invocation.runtime, invocation.request.user_agent, id);
  if (session.address != client.address)
    sessions.change_address(invocation.work.database(), session, client.address);
  if (session.client != id || session.cookie_hash != hash)
    sessions.change_client(invocation.work.database(), session, id, hash);
  load_session_caller(invocation.work, session);
}

session::NewSession take_random(Invocation& invocation) {
  if (!invocation.work.settings().session.random_token)
    throw HttpError(400, "Random tokens are switched off.");
  const std::string_view random = invocation.arguments.text("random");
  if (random.empty()) throw HttpError(400, "Missing the following request parameter: random");
  auto own = invocation.runtime.sessions.redeem_random(database_with(invocation.work, random), random);
  if (!own) throw HttpError(403, "The token is unknown or was used before.");
  take_over(invocation, own->session);
  return std::move(*own);
}

/// An entry of settings.token_secrets: `secret` or `secret; accessPassword=true`.
struct TokenSecret {
  bool is_known = false;
  bool gives_password = false;
};

TokenSecret find_token_secret(const SessionSettings& settings, std::string_view presented) {
  TokenSecret found;
  for (const std::string& entry : settings.token_secrets) {
    const auto parts = split(entry, ';');
    if (parts.front().empty() || !equal_constant_time(sha256(parts.front()), sha256(presented))) continue;
    found.is_known = true;
    for (const std::string_view option : parts)
      if (equal_ignoring_ascii_case(option, "accessPassword=true")) found.gives_password = true;
  }
  return found;
}

Response answer_token_login(Invocation& invocation, const session::Session& session,
                            const std::string& server_token) {
  const std::string routing = random_hex(16);
  const std::string url = fmt::format(
      "{}#jsessionid={}&serverToken={}&user={}&user_id={}&language={}&store={}",
      choose_ui_path(invocation, invocation.arguments.text("uiWebPath")), routing, server_token,
      percent_encode(session.login_name), session.user.value, percent_encode(invocation.caller().locale),
      invocation.arguments.boolean("autologin") ? "true" : "false");
  if (!invocation.arguments.boolean("jsonResponse")) return Response::redirect(url);
  Json object = Json::object();
  object.set("serverToken", Json::string(server_token));
  object.set("jsessionid", Json::string(routing));
  object.set("user", Json::string(session.login_name));
  object.set("user_id", Json::integer(session.user.value));
  object.set("url", Json::string(url));
  return Response::bare(std::move(object));
}

}  // namespace

Response token_login(Invocation& invocation) try {
  require_parameters(invocation.request,
                     {"login", "password", "clientToken", "authId", "client", "version", "autologin"});
  const LoginRequest request{std::string(invocation.arguments.text("login")),
                             std::string(invocation.arguments.text("password")),
                             read_login_client(invocation)};
  const session::NewSession own = sign_in(invocation, request);
  const std::string server_token = invocation.runtime.sessions.store_tokens(
      invocation.work.database(), own, invocation.arguments.text("clientToken"));
  return answer_token_login(invocation, own.session, server_token);
} catch (const ApiError& error) {
  if (invocation.arguments.boolean("jsonResponse")) throw;
  return make_login_failed_page(invocation, error);
}

Response open_tokens(Invocation& invocation) {
  const std::string_view token = invocation.arguments.text("serverToken");
  session::NewSession own = invocation.runtime.sessions.redeem_tokens(
      database_with(invocation.work, token), token, invocation.arguments.text("clientToken"));
  take_over(invocation, own.session);
  Response response = answer_login(invocation, own, invocation.request.user_agent);
  response.shape = Shape::Envelope;
  return response;
}

Response redirect_random(Invocation& invocation) {
  const session::NewSession own = take_random(invocation);
  std::string location =
      choose_ui_path(invocation, invocation.arguments.text("uiWebPath")) + "#session=" + own.session.id;
  if (invocation.arguments.boolean("store")) location += "&store=true";
  Response response = Response::redirect(location);
  add_session_cookies(response, invocation.runtime, own, invocation.request.user_agent);
  return response;
}

Response redeem_random(Invocation& invocation) {
  const session::NewSession own = take_random(invocation);
  return answer_login(invocation, own, invocation.request.user_agent);
}

Response redeem_token(Invocation& invocation) {
  const SessionSettings& settings = invocation.work.settings().session;
  const TokenSecret secret = find_token_secret(settings, invocation.arguments.text("secret"));
  if (!secret.is_known) throw ApiError(errors::lgi::kDenied);
  const LoginClient client = read_login_client(invocation);
  const std::string_view token = invocation.arguments.text("token");
  const auto source =
      invocation.runtime.sessions.redeem_token(database_with(invocation.work, token), token);
  if (!source) throw ApiError(errors::lgi::kDenied);
  const std::string password = session::open_mail_password(source->session, source->secret).value_or("");
  session::Session session = source->session;
  session.client = client.id;
  session.client_version = client.version;
  session.auth_id = client.auth_id;
  session.address = client.address;
  session.user_agent = replace_invalid_utf8(std::string_view(client.user_agent).substr(0, 512));
  session.cookie_hash = cookie_hash(invocation.runtime, client.user_agent, client.id);
  session.persistent = false;
  load_session_caller(invocation.work, session);
  const session::NewSession own =
      invocation.runtime.sessions.create(invocation.work.database(), std::move(session), password);
  Response response = answer_login(invocation, own, client.user_agent);
  const bool is_password = !invocation.work.settings().mail.takes_tokens();
  if (secret.gives_password && is_password && !password.empty())
    response.data.set("password", Json::string(password));
  return response;
}

}  // namespace gw::ajax
