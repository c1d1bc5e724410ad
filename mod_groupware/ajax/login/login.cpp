#include "ajax/login/login.hpp"

#include <fmt/format.h>

#include "ajax/cookies.hpp"
#include "ajax/login/login_flow.hpp"
#include "ajax/login/login_guests.hpp"
#include "ajax/login/login_sessions.hpp"
#include "ajax/login/login_tokens.hpp"
#include "core/errors/account.hpp"
#include "core/errors/login.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_preferences.hpp"
#include "session/basic_credentials.hpp"

namespace gw::ajax {
namespace {

constexpr std::string_view kBasicPath = "login/httpAuth";
constexpr std::string_view kChallenge = "Basic realm=\"Groupware\", charset=\"UTF-8\"";

/// A language nobody knows is no reason to refuse the login.
void store_language(Invocation& invocation, const std::string& language) try {
  const UserId user = invocation.caller().user;
  invocation.work.write(
      [&](model::Transaction& transaction) { model::users::change_locale(transaction, user, language); });
  if (auto caller =
          model::users::load_caller(invocation.work.connection(), invocation.caller().context, user))
    invocation.work.replace_caller(std::move(*caller));
} catch (const ApiError& error) {
  if (error.code() != errors::usr::kBadLocale) throw;
}

Response login(Invocation& invocation) {
  const LoginRequest request{std::string(invocation.arguments.text("name")),
                             std::string(invocation.arguments.text("password")),
                             read_login_client(invocation)};
  const session::NewSession own = sign_in(invocation, request);
  const std::string_view language = invocation.arguments.text("language");
  if (!language.empty() && invocation.arguments.boolean("storeLanguage"))
    store_language(invocation, std::string(language));
  return answer_login(invocation, own, request.client.user_agent);
}

/// All browser logins end here: a redirect to the UI with the session in the fragment.
Response send_to_ui(Invocation& invocation, const session::NewSession& own, const LoginClient& client) {
  const bool store = parse_boolean(invocation.request.parameter("autologin").value_or("false"));
  Response response = Response::redirect(fmt::format(
      "{}{}&store={}", choose_ui_path(invocation, invocation.request.parameter("uiWebPath").value_or("")),
      make_session_fragment(invocation, own.session), store ? "true" : "false"));
  add_session_cookies(response, invocation.runtime, own, client.user_agent);
  return response;
}

Response sign_in_and_send_to_ui(Invocation& invocation, const LoginRequest& request) {
  const session::NewSession own = sign_in(invocation, request);
  return send_to_ui(invocation, own, request.client);
}

Response form_login(Invocation& invocation) try {
  require_parameters(invocation.request, {"login", "password", "client", "version", "autologin"});
  if (!invocation.work.settings().session.formlogin_without_auth_id)
    require_parameters(invocation.request, {"authId"});
  return sign_in_and_send_to_ui(
      invocation, {std::string(invocation.arguments.text("login")),
                   std::string(invocation.arguments.text("password")), read_login_client(invocation)});
} catch (const ApiError& error) {
  return make_login_failed_page(invocation, error);
}

Response challenge() {
  Response response = Response::page(401,
                                     "<!DOCTYPE html><html><head><title>401 Unauthorized</title></head><body>"
                                     "<h1>401 Unauthorized</h1></body></html>\n");
  response.headers.emplace_back("WWW-Authenticate", std::string(kChallenge));
  return response;
}

/// Where another module of the web server has proved the user, nothing is asked.
Response send_trusted_to_ui(Invocation& invocation) {
  const LoginClient client = read_login_client(invocation);
  const session::NewSession own = sign_in_trusted(invocation, find_trusted_user(invocation), client);
  return send_to_ui(invocation, own, client);
}

/// `/ajax/login/httpAuth` has no action; the dispatcher takes the method's name for it.
Response basic_login(Invocation& invocation) {
  const Request& request = invocation.request;
  if (request.path != kBasicPath)
    throw ApiError(errors::svl::kUnknownLoginAction, {std::string(invocation.action)});
  if (request.trusted) return send_trusted_to_ui(invocation);
  if (trim(request.authorization).empty()) return challenge();
  if (!session::is_basic(request.authorization)) throw ApiError(errors::lgi::kScheme);
  const auto given = session::read_basic(request.authorization);
  if (!given) return challenge();
  try {
    return sign_in_and_send_to_ui(invocation, {given->name, given->password, read_login_client(invocation)});
  } catch (const ApiError& error) {
    if (error.code() != errors::lgi::kInvalidCredentials) throw;
    return challenge();
  }
}

constexpr Parameter kLoginParameters[] = {
    {"name", Type::Text, true},
    {"password", Type::Text, true},
    {"client"},
    {"version"},
    {"authId"},
    {"clientIP"},
    {"clientUserAgent"},
    {"language"},
    {"storeLanguage", Type::Boolean},
    {"rampup", Type::Boolean},
    {"rampUpFor"},
    {"staySignedIn", Type::Boolean},
    {"modules", Type::Boolean},
    {"multiple"},
    {"timeout"},
};
constexpr Parameter kGuestParameters[] = {
    {"share", Type::Text, true},
    {"target"},
    {"name"},
    {"password"},
    {"client"},
    {"version"},
    {"authId"},
    {"clientIP"},
    {"clientUserAgent"},
    {"language"},
    {"rampup", Type::Boolean},
    {"rampUpFor"},
    {"staySignedIn", Type::Boolean},
    {"modules", Type::Boolean},
    {"multiple"},
    {"timeout"},
};
/// formlogin and tokenLogin check presence themselves: browsers must get their page, not an envelope.
constexpr Parameter kFormParameters[] = {
    {"login"},
    {"password"},
    {"authId"},
    {"client"},
    {"version"},
    {"autologin", Type::Boolean},
    {"uiWebPath"},
    {"clientIP"},
    {"clientUserAgent"},
    {"clientToken"},
    {"jsonResponse", Type::Boolean},
};
constexpr Parameter kAutologinParameters[] = {
    {"client"}, {"version"}, {"authId"}, {"rampup", Type::Boolean}, {"rampUpFor"}};
constexpr Parameter kTokensParameters[] = {
    {"serverToken", Type::Text, true}, {"clientToken", Type::Text, true}, {"client", Type::Text, true}};
constexpr Parameter kSessionParameter[] = {{"session", Type::Text, true}};
constexpr Parameter kRampupParameters[] = {
    {"session", Type::Text, true}, {"rampup", Type::Boolean}, {"rampUpFor"}};
/// Missing: a 400 page, so the functions check it.
constexpr Parameter kLogoutParameters[] = {{"session"}};
constexpr Parameter kRandomParameters[] = {{"random"}, {"client"}, {"store", Type::Boolean}, {"uiWebPath"}};
constexpr Parameter kChangeIpParameters[] = {{"session", Type::Text, true}, {"clientIP", Type::Text, true}};
constexpr Parameter kRedeemTokenParameters[] = {
    {"token", Type::Text, true}, {"secret", Type::Text, true}, {"client"}, {"authId"}};

constexpr unsigned kSignsIn = kNoSession | kNotInMultiple;

constexpr Action kLoginActions[] = {
    {"login", kPost, login, kSignsIn, kLoginParameters},
    {"formlogin", kPost, form_login, kSignsIn, kFormParameters},
    {"autologin", kGet | kPost, autologin, kSignsIn, kAutologinParameters},
    {"hasAutologin", kGet, has_autologin, kSignsIn, {}},
    {"tokenLogin", kPost, token_login, kSignsIn, kFormParameters},
    {"tokens", kPost, open_tokens, kSignsIn, kTokensParameters},
    {"redirect", kGet, redirect_random, kSignsIn, kRandomParameters},
    {"redeem", kGet, redeem_random, kSignsIn, kRandomParameters},
    {"redeemToken", kPost, redeem_token, kSignsIn, kRedeemTokenParameters},
    {"changeip", kPost, change_ip, kSignsIn, kChangeIpParameters},
    {"refreshSecret", kGet, refresh_secret, kSignsIn, kSessionParameter},
    {"store", kGet | kPost, store_session, kSignsIn, kSessionParameter},
    {"rampup", kGet, ramp_up, kSignsIn, kRampupParameters},
    {"logout", kGet | kPost, logout, kSignsIn, kLogoutParameters},
    {"guest", kPost, guest_login, kSignsIn, kGuestParameters},
    {"anonymous", kPost, anonymous_login, kSignsIn, kGuestParameters},
    {"GET", kGet, basic_login, kSignsIn, {}},
    {"POST", kPost, basic_login, kSignsIn, {}},
};

}  // namespace

const ApiModule kLoginModule{"login", kLoginActions, true, true};

}  // namespace gw::ajax
