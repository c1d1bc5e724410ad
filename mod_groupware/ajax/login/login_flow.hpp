// What every way of signing in shares: reading who asks, making the session, the login object, where browsers
// are sent. Source: spec conventions section 10.
#pragma once

#include <string>
#include <string_view>

#include "ajax/action.hpp"
#include "session/login.hpp"
#include "session/session_store.hpp"

namespace gw::ajax {

/// What a sign-in request says of the program that signs in.
struct LoginClient {
  std::string id;  ///< parameter `client`
  std::string version;
  std::string auth_id;
  std::string address;     ///< `clientIP`, else the request's
  std::string user_agent;  ///< `clientUserAgent`, else the request's; cookie names depend on it
  bool stay_signed_in = false;
};
/// Errors: ApiError LGI-0021 (client equals the User-Agent), SVL-0010 (too long, not UTF-8, no address).
LoginClient read_login_client(const Invocation& invocation);

/// A session of that program for nobody yet. Limits: 512 bytes of the User-Agent.
session::Session begin_session(const LoginClient& client);

struct LoginRequest {
  std::string name;
  std::string password;
  LoginClient client;
};
/// Verifies, makes the session and puts its caller into the unit of work. App passwords of the scope "api"
/// are taken. Errors: those of session::log_in and of SessionStore::create.
session::NewSession sign_in(Invocation& invocation, const LoginRequest& request);

/// The user whom another module of the web server has proved (Request::trusted, which must be there).
/// Errors: those of session::log_in_trusted.
session::LoginResult find_trusted_user(Invocation& invocation);
/// Makes a session for him. Errors: those of SessionStore::create.
session::NewSession sign_in_trusted(Invocation& invocation, const session::LoginResult& proved,
                                    const LoginClient& client);

/// session, user, user_id, context_id, locale; requires_multifactor while it must be proved.
Json make_login_object(const Invocation& invocation, const session::Session& session);
/// The login object with what the request asked for besides (random, rampup, modules, multiple), and the
/// cookies.
Response answer_login(Invocation& invocation, const session::NewSession& own, std::string_view user_agent);

/// Where the browser may be sent: `given` when it is a path of this server (or a URL of this host), else the
/// configured one. Never another host. Without fragment.
std::string choose_ui_path(const Invocation& invocation, std::string_view given);
/// `#session=…&user=…&user_id=…&language=…`.
std::string make_session_fragment(const Invocation& invocation, const session::Session& session);

/// The page a form login shows when it failed: after five seconds it returns to the referrer, with
/// `login=failed` once.
Response make_login_failed_page(const Invocation& invocation, const ApiError& error);
/// The referrer with `login=failed` added unless it is there; the UI path when there is no usable referrer.
std::string make_failed_return(const Invocation& invocation);

/// Errors: ApiError SVL-0002 for the first one that is missing or empty.
void require_parameters(const Request& request, std::initializer_list<std::string_view> names);

}  // namespace gw::ajax
