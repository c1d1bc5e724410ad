#include "ajax/login/login_flow.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ajax/cookies.hpp"
#include "ajax/login/rampup.hpp"
#include "ajax/multiple.hpp"
#include "ajax/session_check.hpp"
#include "core/errors/login.hpp"
#include "core/errors/servlet.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "model/contacts/collected_addresses.hpp"
#include "model/folders/drive_mail_folders.hpp"
#include "model/settings/config_tree.hpp"
#include "session/address.hpp"
#include "session/login.hpp"
#include "session/protocol_login.hpp"
#include "session/trusted_login.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxParameter = 128;  ///< what the table of sessions holds
constexpr std::size_t kMaxUserAgent = 512;

std::string text_parameter(const Request& request, std::string_view name) {
  const std::string_view value = request.parameter(name).value_or("");
  const bool plain =
      value.size() <= kMaxParameter && is_valid_utf8(value) &&
      std::none_of(value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (!plain)
    throw ApiError(errors::svl::kBadParameter, {std::string(name), std::string(first_characters(value, 32))});
  return std::string(value);
}

bool flag(const Request& request, std::string_view name) {
  return parse_boolean(request.parameter(name).value_or("false"));
}

std::string flavour_of(const Request& request) {
  if (const auto flavour = request.parameter("rampUpFor")) return std::string(*flavour);
  return std::string(request.parameter("rampupFor").value_or(""));
}

Json run_login_bundle(Invocation& invocation, std::string_view text) {
  std::string why;
  const auto elements = Json::parse(text, &why);
  if (!elements) throw ApiError(errors::svl::kJson, {why});
  return *Json::parse(run_bundle(invocation, *elements, false));
}

/// Extras must not undo a login that has happened: what fails is left out.
template <class Make>
void add_extra(Json& object, const char* name, Make make) {
  try {
    Json value = make();
    if (!value.is_missing()) object.set(name, std::move(value));
  } catch (const ApiError&) {
  } catch (const HttpError&) {
  }
}

/// Nobody is kept out because a folder cannot be made.
void prepare_collecting(model::UnitOfWork& work) {
  try {
    model::contacts::prepare_collected_folder(work);
  } catch (const ApiError& error) {
    log(LogLevel::Info, "GW0405",
        fmt::format("no folder for collected addresses: {}", format_code(error.code())));
  }
}

/// Nor because old files cannot be removed.
void clean_drive_mail(model::UnitOfWork& work) {
  try {
    model::folders::remove_ended_drive_mail(work);
  } catch (const ApiError& error) {
    log(LogLevel::Info, "GW0411",
        fmt::format("Drive mail was not looked through: {}", format_code(error.code())));
  }
}

session::Session begin_session_of(const Invocation& invocation, const session::LoginResult& proved,
                                  const LoginClient& client) {
  session::Session session = begin_session(client);
  session.context = proved.context.id;
  session.user = proved.user.id;
  session.cookie_hash = cookie_hash(invocation.runtime, client.user_agent, client.id);
  return session;
}

/// `password`: of the mailbox; where mail servers take tokens it is the one that came with the request.
session::NewSession open_session(Invocation& invocation, session::Session session,
                                 const std::string& password) {
  invocation.work.enter(session.context);
  load_session_caller(invocation.work, session);
  prepare_collecting(invocation.work);
  clean_drive_mail(invocation.work);
  const bool takes_tokens = invocation.work.settings().mail.takes_tokens();
  return invocation.runtime.sessions.create(invocation.work.database(), std::move(session),
                                            takes_tokens ? invocation.request.mail_token : password);
}

}  // namespace

LoginClient read_login_client(const Invocation& invocation) {
  const Request& request = invocation.request;
  LoginClient client;
  client.id = text_parameter(request, "client");
  client.version = text_parameter(request, "version");
  client.auth_id = text_parameter(request, "authId");
  client.address = text_parameter(request, "clientIP");
  client.user_agent = std::string(request.parameter("clientUserAgent").value_or(request.user_agent));
  client.stay_signed_in = flag(request, "staySignedIn") && invocation.work.settings().session.autologin;
  if (!client.id.empty() && client.id == request.user_agent) throw ApiError(errors::lgi::kClientIsUserAgent);
  if (client.address.empty())
    client.address = request.remote_address;
  else if (!session::is_address(client.address))
    throw ApiError(errors::svl::kBadParameter, {"clientIP", client.address});
  return client;
}

session::Session begin_session(const LoginClient& client) {
  session::Session session;
  session.client = client.id;
  session.client_version = client.version;
  session.auth_id = client.auth_id;
  session.user_agent = replace_invalid_utf8(std::string_view(client.user_agent).substr(0, kMaxUserAgent));
  session.address = client.address;
  session.persistent = client.stay_signed_in;
  return session;
}

session::NewSession sign_in(Invocation& invocation, const LoginRequest& request) {
  model::UnitOfWork& work = invocation.work;
  const session::Credentials credentials{request.name, request.password, invocation.request.remote_address,
                                         invocation.request.user_agent,
                                         [&work](ContextId context) { work.enter(context); }};
  const Settings& settings = work.settings();
  work.enter(session::find_context_of_login(work.connection(), settings, request.name));
  sql::Scope& database = work.database();
  const Clock& clock = invocation.work.environment().clock;
  const auto by_app =
      session::find_app_login(database, settings, clock, session::app_passwords::AppScope::Api, credentials);
  const session::LoginResult result =
      by_app ? by_app->login
             : session::log_in(database, settings, clock, credentials, invocation.runtime.authority);
  session::Session session = begin_session_of(invocation, result, request.client);
  session.login_name = std::string(trim(request.name));
  if (by_app) session.factor = session::Factor::AppPassword;
  // An app password opens no mailbox.
  return open_session(invocation, std::move(session), by_app ? std::string() : request.password);
}

session::LoginResult find_trusted_user(Invocation& invocation) {
  const TrustedUser& trusted = *invocation.request.trusted;
  const session::TrustedName name{trusted.name, trusted.context};
  model::UnitOfWork& work = invocation.work;
  work.enter(session::find_context_of_login(work.connection(), work.settings(), session::full_name(name)));
  return session::log_in_trusted(work.connection(), work.settings(), name);
}

session::NewSession sign_in_trusted(Invocation& invocation, const session::LoginResult& proved,
                                    const LoginClient& client) {
  session::Session session = begin_session_of(invocation, proved, client);
  session.login_name = fmt::format("{}@{}", proved.user.login, proved.context.name);
  if (invocation.request.trusted->has_second_factor) session.factor = session::Factor::Proved;
  return open_session(invocation, std::move(session), {});
}

Json make_login_object(const Invocation& invocation, const session::Session& session) {
  Json object = Json::object();
  object.set("session", Json::string(session.id));
  object.set("user", Json::string(session.login_name));
  object.set("user_id", Json::integer(session.user.value));
  object.set("context_id", Json::integer(session.context.value));
  object.set("locale", Json::string(invocation.caller().locale));
  if (session.factor == session::Factor::Pending) object.set("requires_multifactor", Json::boolean(true));
  return object;
}

Response answer_login(Invocation& invocation, const session::NewSession& own, std::string_view user_agent) {
  const Request& request = invocation.request;
  Json object = make_login_object(invocation, own.session);
  if (invocation.work.settings().session.random_token)
    object.set("random",
               Json::string(invocation.runtime.sessions.store_random(invocation.work.database(), own)));
  invocation.session = &own.session;
  if (flag(request, "rampup"))
    add_extra(object, "rampup", [&] { return build_rampup(invocation, flavour_of(request)); });
  if (flag(request, "modules") && own.session.factor != session::Factor::Pending)
    add_extra(object, "modules", [&] { return model::settings::read_config(invocation.work, "modules"); });
  if (const auto bundle = request.parameter("multiple"); bundle && !bundle->empty())
    add_extra(object, "multiple", [&] { return run_login_bundle(invocation, *bundle); });
  invocation.session = nullptr;
  Response response = Response::bare(std::move(object));
  add_session_cookies(response, invocation.runtime, own, user_agent);
  return response;
}

void require_parameters(const Request& request, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (request.parameter(name).value_or("").empty())
      throw ApiError(errors::svl::kMissing, {std::string(name)});
}

}  // namespace gw::ajax
