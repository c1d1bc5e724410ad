#include "ajax/login/login_guests.hpp"

#include "ajax/cookies.hpp"
#include "ajax/session_check.hpp"
#include "ajax/share/share_address.hpp"
#include "core/digest.hpp"
#include "core/errors/login.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/shares/token.hpp"
#include "session/guest_login.hpp"

namespace gw::ajax {
namespace {

/// `name` empty: a link. Errors: those of session::log_in_guest; LGI-0006 when nothing is left of the share.
Response log_in(Invocation& invocation, const std::optional<std::string>& name) {
  const LoginClient client = read_login_client(invocation);
  const std::string token(invocation.arguments.text("share"));
  const session::GuestCredentials credentials{token, invocation.request.remote_address,
                                              invocation.request.user_agent};
  model::UnitOfWork& work = invocation.work;
  enter_share_context(work, token);
  auto share = session::log_in_guest(work.database(), work.settings(), work.environment().clock, credentials,
                                     name, std::string(invocation.arguments.text("password")));
  GuestEntry entry;
  try {
    entry = enter_share(invocation, std::move(share), token, invocation.arguments.text("target"));
  } catch (const HttpError&) {
    throw ApiError(errors::lgi::kInvalidCredentials);
  }
  const session::NewSession own = open_guest_session(invocation, entry, client);
  Response response = answer_login(invocation, own, client.user_agent);
  response.cookies.clear();
  add_guest_cookies(response, invocation, own, entry, client.user_agent);
  response.data.set("module", Json::string(share_module(entry.target.module)));
  response.data.set("folder", Json::string(share_folder(entry.target)));
  if (entry.target.item) response.data.set("item", Json::string(share_item(entry.target)));
  return response;
}

}  // namespace

void enter_share_context(model::UnitOfWork& work, std::string_view token) {
  work.enter(model::shares::context_of_token(token).value_or(ContextId()));
}

std::string share_cookie_name(std::string_view user_agent) {
  Md5 digest;
  digest.update(user_agent);
  return std::string(kShareCookie) + digest.finish();
}

GuestEntry enter_share(Invocation& invocation, model::shares::OpenShare share, std::string token,
                       std::string_view path) {
  session::Session guest;
  guest.context = share.context;
  guest.user = share.guest;
  invocation.work.enter(share.context);
  try {
    load_session_caller(invocation.work, guest);
  } catch (const ApiError&) {
    throw HttpError(404, "This share does not exist, or it is over.");
  }
  const auto start = model::shares::find_start(invocation.work.connection(), invocation.caller(), share,
                                               model::shares::parse_target(path));
  if (!start) throw HttpError(404, "This share does not exist, or it is over.");
  return {std::move(share), std::move(token), *start};
}

session::NewSession open_guest_session(Invocation& invocation, const GuestEntry& entry,
                                       const LoginClient& client) {
  session::Session session = begin_session(client);
  session.is_guest = true;
  session.context = entry.share.context;
  session.user = entry.share.guest;
  session.login_name = entry.share.is_link ? entry.share.display_name : entry.share.mail;
  session.cookie_hash = cookie_hash(invocation.runtime, client.user_agent, session);
  sql::Scope& database = invocation.work.database();
  session::NewSession own = invocation.runtime.sessions.create(database, std::move(session), {});
  const Millis now = invocation.work.now();
  database.write(
      [&](sql::Connection& connection) { model::shares::mark_used(connection, entry.share, now); });
  return own;
}

void add_guest_cookies(Response& response, const Invocation& invocation, const session::NewSession& own,
                       const GuestEntry& entry, std::string_view user_agent) {
  add_session_cookies(response, invocation.runtime, own, user_agent);
  std::optional<std::int64_t> max_age;
  if (own.session.persistent) max_age = invocation.work.settings().session.long_lifetime.count();
  response.cookies.push_back({share_cookie_name(user_agent), entry.token, max_age});
}

Response guest_login(Invocation& invocation) {
  require_parameters(invocation.request, {"name"});
  return log_in(invocation, std::string(invocation.arguments.text("name")));
}

Response anonymous_login(Invocation& invocation) { return log_in(invocation, std::nullopt); }

}  // namespace gw::ajax
