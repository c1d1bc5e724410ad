#include "ajax/share/share.hpp"

#include <fmt/format.h>

#include "ajax/cookies.hpp"
#include "ajax/delivery/document_delivery.hpp"
#include "ajax/login/login_guests.hpp"
#include "ajax/session_check.hpp"
#include "ajax/share/share_address.hpp"
#include "core/errors/login.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "model/infostore/entity_tag.hpp"
#include "model/infostore/infostore_service.hpp"
#include "session/basic_credentials.hpp"
#include "session/guest_login.hpp"

namespace gw::ajax {
namespace {

namespace infostore = model::infostore;

constexpr std::string_view kDefaultClient = "open-xchange-appsuite";
constexpr std::string_view kChallenge = "Basic realm=\"Share\", charset=\"UTF-8\"";

/// `share/<token>/<target>`: the two parts.
struct SharePath {
  std::string token;
  std::string_view target;
};

SharePath split_path(const Request& request) {
  std::string_view rest = std::string_view(request.path).substr(std::string_view("share").size());
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return {std::string(rest), {}};
  return {std::string(rest.substr(0, slash)), rest.substr(slash + 1)};
}

session::GuestCredentials credentials_of(const Invocation& invocation, const std::string& token) {
  return {token, invocation.request.remote_address, invocation.request.user_agent};
}

model::shares::OpenShare find(Invocation& invocation, const std::string& token) {
  model::UnitOfWork& work = invocation.work;
  enter_share_context(work, token);
  return session::open_share(work.database(), work.settings(), work.environment().clock,
                             credentials_of(invocation, token));
}

/// Where the web client shows what is shared.
std::string start_fragment(const model::shares::Target& target) {
  std::string text = fmt::format("&m={}&f={}", share_module(target.module), share_folder(target));
  if (target.item) text += "&i=" + percent_encode(share_item(target));
  return text;
}

/// The UI asks for the password itself.
Response ask_for_password(const Invocation& invocation, const model::shares::OpenShare& share,
                          const SharePath& path) {
  std::string location =
      choose_ui_path(invocation, {}) + fmt::format("#login_type={}&share={}",
                                                   share.is_link ? "anonymous_password" : "guest_password",
                                                   percent_encode(path.token));
  if (!path.target.empty()) location += "&target=" + percent_encode(path.target);
  if (!share.is_link) location += "&login_name=" + percent_encode(share.mail);
  return Response::redirect(std::move(location));
}

/// The browser's own session of this guest, when it has one.
std::optional<session::NewSession> find_own_session(Invocation& invocation, const LoginClient& client,
                                                    const GuestEntry& entry) {
  session::Session wanted;
  wanted.is_guest = true;
  wanted.context = entry.share.context;
  wanted.user = entry.share.guest;
  wanted.client = client.id;
  const Request& request = invocation.request;
  const std::string hash = cookie_hash(invocation.runtime, client.user_agent, wanted);
  const auto id = request.cookies.find(std::string(kSessionCookie) + hash);
  if (!id) return std::nullopt;
  auto session = invocation.runtime.sessions.find(database_with(invocation.work, *id), *id);
  if (!session || session->user != wanted.user || session->context != wanted.context ||
      !has_secret(request, invocation.runtime, *session))
    return std::nullopt;
  try {
    confirm_session(invocation.runtime, invocation.work, *session);
    check_address(request, invocation.runtime, invocation.work, *session);
  } catch (const ApiError&) {
    return std::nullopt;
  }
  std::string secret(secret_of(request, invocation.runtime, *session));
  return session::NewSession{std::move(*session), std::move(secret)};
}

Response send_to_ui(Invocation& invocation, const GuestEntry& entry) {
  LoginClient client = read_login_client(invocation);
  if (client.id.empty()) client.id = kDefaultClient;
  auto own = find_own_session(invocation, client, entry);
  if (!own) own = open_guest_session(invocation, entry, client);
  Response response =
      Response::redirect(choose_ui_path(invocation, {}) + make_session_fragment(invocation, own->session) +
                         start_fragment(entry.target));
  add_guest_cookies(response, invocation, *own, entry, client.user_agent);
  return response;
}

Response challenge() {
  Response response = Response::page(401,
                                     "<!DOCTYPE html><html><head><title>401 Unauthorized</title></head><body>"
                                     "<h1>401 Unauthorized</h1></body></html>\n");
  response.headers.emplace_back("WWW-Authenticate", std::string(kChallenge));
  return response;
}

/// False: the password is missing or wrong, and the browser must ask for it.
bool is_proved(Invocation& invocation, const model::shares::OpenShare& share, const std::string& token) {
  if (!share.password_hash) return true;
  const auto given = session::read_basic(invocation.request.authorization);
  if (!given) return false;
  model::UnitOfWork& work = invocation.work;
  // Any name will do for a link.
  const auto name = share.is_link ? std::nullopt : std::optional(given->name);
  try {
    session::log_in_guest(work.database(), work.settings(), work.environment().clock,
                          credentials_of(invocation, token), name, given->password);
    return true;
  } catch (const ApiError& error) {
    if (error.code() == errors::lgi::kTooManyAttempts) throw HttpError(429, error.what());
    return false;
  }
}

/// The file itself, without a session.
Response deliver_file(Invocation& invocation, const GuestEntry& entry) {
  infostore::Content content =
      infostore::open_content(invocation.work, {entry.target.folder, entry.target.item});
  invocation.work.release();
  const infostore::Item& item = content.item;
  return deliver_document(invocation, {{std::move(content.store), item.file_id.value_or(""), item.file_size},
                                       item.filename.value_or("file"),
                                       item.file_mimetype.value_or(""),
                                       {infostore::entity_tag(item), item.last_modified}});
}

bool wants_file(const Arguments& arguments) {
  return arguments.boolean("dl") || !arguments.text("delivery").empty() || arguments.boolean("raw");
}

Response open(Invocation& invocation) {
  const SharePath path = split_path(invocation.request);
  model::shares::OpenShare share = find(invocation, path.token);
  const bool has_password = share.password_hash.has_value();
  const bool is_file = wants_file(invocation.arguments);
  if (has_password && !is_file) return ask_for_password(invocation, share, path);
  if (is_file && !is_proved(invocation, share, path.token)) return challenge();
  const GuestEntry entry = enter_share(invocation, std::move(share), path.token, path.target);
  if (is_file && entry.target.item) return deliver_file(invocation, entry);
  // A folder has no bytes of its own; whoever proved his password is not asked by the UI again.
  return send_to_ui(invocation, entry);
}

/// People see a page, whatever goes wrong.
Response open_share(Invocation& invocation) try { return open(invocation); } catch (const std::exception&) {
  throw_page_of_current_exception();
}

constexpr Parameter kParameters[] = {GW_DOCUMENT, {"dl", Type::Boolean}, {"raw", Type::Boolean}, {"ical"}};

constexpr Action kShareActions[] = {{"GET", kGet, open_share, kNoSession | kNotInMultiple, kParameters}};

}  // namespace

const ApiModule kShareModule{.path = "share", .actions = kShareActions, .takes_path = true};

}  // namespace gw::ajax
