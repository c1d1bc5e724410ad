#include "mailbox/filters/filters.hpp"

#include <algorithm>

#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/filters/filter_policy.hpp"
#include "model/settings/availability.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::filters {
namespace {

namespace errors = gw::errors::mail_filter;
namespace sieve = mail::sieve;

constexpr std::string_view kLeaseName = "mailfilter";
/// For connecting and reading, until the new script is sent.
constexpr Milliseconds kLongestReading{60'000};
constexpr Milliseconds kPatience{10'000};

/// Adds the rules of a script that somebody made inactive, but for those that are there already.
void keep_switched_off(sieve::Script& script, const sieve::Script& inactive) {
  script.extensions.insert(script.extensions.end(), inactive.extensions.begin(), inactive.extensions.end());
  script.remarks += inactive.remarks;
  for (sieve::Rule rule : inactive.rules) {
    const auto is_same = [&](const sieve::Rule& each) {
      return each.source == rule.source && each.name == rule.name;
    };
    if (std::any_of(script.rules.begin(), script.rules.end(), is_same)) continue;
    // There may be one vacation notice, and that of the active script is the one.
    std::erase(rule.flags, "vacation");
    rule.is_active = false;
    sieve::insert_rule(script, std::move(rule), {});
  }
}

struct WipedServer {
  mail::Server server;
  ~WipedServer() { mail::net::wipe(server.secret); }
};

mail::Places::Place take_place(mail::Places& places, const mail::Server& server) {
  try {
    return places.take(server);
  } catch (const ApiError& error) {
    throw ApiError(errors::kConnect, {server.host, std::to_string(server.port), error.arguments().at(1)});
  }
}

}  // namespace

Filters::Filters(model::UnitOfWork& work, const session::Session& session, const Wish& wish)
    : work_(work), session_(session), keys_(wish.keys), places_(wish.places) {
  const std::string_view username = wish.username;
  const model::Caller& caller = work.caller();
  if (!model::settings::has_mail_filters(caller, work.settings())) throw ApiError(errors::kNotAvailable);
  user_ = model::users::load_user(work.connection(), work.context(), caller.user);
  if (username.empty() || username == user_.login) return;
  if (!caller.is_context_admin || access().master.empty()) throw ApiError(errors::kNotAvailable);
  auto other = model::users::find_by_login(work.connection(), work.context(), to_lower_ascii(username));
  if (!other) throw ApiError(errors::kCredentials, {std::string(username)});
  user_ = std::move(*other);
}

ServerAccess Filters::access() const {
  const SieveSettings& own = work_.settings().sieve;
  const MailSettings& mail = work_.settings().mail;
  const bool has_master = !own.master.empty();
  return {has_master ? own.master : mail.master, has_master ? own.master_secret : mail.master_secret,
          own.connect_timeout.count() > 0 ? own.connect_timeout : mail.connect_timeout,
          own.read_timeout.count() > 0 ? own.read_timeout : mail.read_timeout, to_mechanism(mail.sign_in)};
}

sieve::ManageSieve& Filters::server() {
  if (server_) return *server_;
  const Settings& settings = work_.settings();
  const std::string& pattern = settings.sieve.login.empty() ? settings.mail.login : settings.sieve.login;
  const std::string login = fill_login(pattern, user_, work_.context());
  std::string secret;
  if (access().master.empty()) secret = find_mail_secret(settings.mail, session_, keys_);
  if (access().master.empty() && secret.empty()) throw ApiError(errors::kCredentials, {login});
  const WipedServer target{make_server(settings.sieve.server, access(), login, secret)};
  mail::net::wipe(secret);
  work_.release();
  if (places_ != nullptr) place_ = take_place(*places_, target.server);
  server_ = std::make_unique<sieve::ManageSieve>(target.server);
  return *server_;
}

sieve::Context Filters::context() const {
  return make_context(work_.settings().sieve, work_.caller().timezone, work_.now());
}

std::size_t Filters::max_redirects() {
  const auto told = parse_integer(server().capability("MAXREDIRECTS").value_or(""));
  return told && *told > 0 ? static_cast<std::size_t>(*told) : 0;
}

std::string Filters::load_text() { return sieve::load_active_script(server()); }

sieve::Script Filters::load() {
  const auto scripts = server().list_scripts();
  const auto active =
      std::find_if(scripts.begin(), scripts.end(), [](const auto& entry) { return entry.is_active; });
  if (active == scripts.end()) return {};
  return sieve::read_script(server().get_script(active->name).value_or(""));
}

sieve::Script Filters::load_base() {
  const std::string& own = work_.settings().sieve.script;
  sieve::Script base;
  bool has_inactive_own = false;
  for (const sieve::ScriptEntry& entry : server().list_scripts()) {
    if (entry.is_active) base = sieve::read_script(server().get_script(entry.name).value_or(""));
    has_inactive_own = has_inactive_own || (entry.name == own && !entry.is_active);
  }
  if (has_inactive_own) keep_switched_off(base, sieve::read_script(server().get_script(own).value_or("")));
  return base;
}

std::unique_ptr<model::UserLease> Filters::begin_turn() {
  const Milliseconds writing = 2 * access().read_timeout;
  auto lease = model::UserLease::acquire(work_, {user_.id, kLeaseName, kLongestReading + writing, kPatience});
  if (!lease) {
    const MailServerSettings& host = work_.settings().sieve.server;
    throw ApiError(errors::kCommunication,
                   {host.host, std::to_string(host.port), "another change is still under way"});
  }
  return lease;
}

void Filters::change(const std::function<void(sieve::Script&)>& change) {
  const SieveSettings& settings = work_.settings().sieve;
  const auto lease = begin_turn();
  sieve::Script script = load_base();
  const sieve::Script before = script;
  change(script);
  check_redirects(before, script, {static_cast<std::size_t>(settings.max_redirects), max_redirects()});
  const std::string text = sieve::write_script(script, extensions(), format_http_date(work_.now()));
  if (text.size() > sieve::kMaxScript) throw ApiError(errors::kInvalidRule, {"the rules are too long"});
  if (!lease->is_held_for(2 * access().read_timeout))
    throw ApiError(errors::kCommunication,
                   {settings.server.host, std::to_string(settings.server.port), "it answered too slowly"});
  server().put_script(settings.script, text);
  server().set_active(settings.script);
}

void Filters::clear() {
  const std::string& own = work_.settings().sieve.script;
  const auto lease = begin_turn();
  const auto scripts = server().list_scripts();
  const bool has_active =
      std::any_of(scripts.begin(), scripts.end(), [](const auto& entry) { return entry.is_active; });
  if (has_active) server().set_active("");
  if (std::any_of(scripts.begin(), scripts.end(), [&](const auto& entry) { return entry.name == own; }))
    server().delete_script(own);
}

}  // namespace gw::mailbox::filters
