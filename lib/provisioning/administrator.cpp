#include "provisioning/administrator.hpp"

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/administration/administrators.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_passwords.hpp"
#include "provisioning/fault.hpp"
#include "session/password.hpp"
#include "session/throttle.hpp"

namespace gw::provisioning {
namespace {

constexpr std::size_t kMostKnownPasswords = 1'000;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kMaxLogText = 400;

struct Account {
  std::optional<std::string> hash;
  bool is_master = false;
  std::optional<model::administration::Reseller> reseller{};
};

/// `admin@context` is the same as `admin`: the context is known already.
std::optional<std::string> login_of(std::string_view name) {
  return model::users::normalise_login(name.substr(0, name.find('@')));
}

/// The administrator of the context, in the database of the context.
Account find_context_admin(model::Environment& environment, const std::string& name,
                           const model::contexts::Context& context) {
  model::UnitOfWork work(environment, {});
  work.enter(context.id);
  const auto account = model::users::find_login_account(work.connection(), context.id, name);
  const bool is_admin =
      account && account->id == context.admin && account->is_enabled && !account->is_guest && context.enabled;
  return {is_admin ? account->password_hash : std::nullopt, false, {}};
}

Account find_account(model::Environment& environment, sql::Scope& database, const Login& login,
                     const Wanted& wanted, bool is_master_call) {
  sql::Connection& connection = database.connection();
  const auto name = login_of(login.name);
  if (!name) return {};
  if (is_master_call || wanted.admits_master)
    if (auto hash = model::administration::find_administrator(connection, *name))
      return {std::move(hash), true};
  if (wanted.admits_reseller)
    if (auto reseller = model::administration::find_reseller(connection, *name);
        reseller &&
        (is_master_call || (wanted.context != nullptr && model::administration::owns_context(
                                                             connection, reseller->id, wanted.context->id))))
      return {reseller->password_hash, false, std::move(reseller)};
  if (is_master_call || wanted.context == nullptr) return {};
  database.release();
  return find_context_admin(environment, *name, *wanted.context);
}

session::Admission count_attempt(sql::Connection& connection, const SessionSettings& settings, Millis now,
                                 const Login& login) try {
  session::Attempt attempt;
  // The address is part of the account: whoever guesses slows down his own address only.
  attempt.account = fmt::format("?provisioning/{}", login.address);
  attempt.address = fmt::format("provisioning {}", login.address);
  attempt.user_agent = login.user_agent;
  return session::admit_attempt(connection, settings, now, std::move(attempt));
} catch (const ApiError& error) {
  throw Fault(FaultKind::Throttled, error.what());
} catch (const HttpError& error) {
  throw Fault(FaultKind::Throttled, error.what());
}

}  // namespace

std::string log_text(std::string_view text) {
  std::string line = replace_invalid_utf8(text.substr(0, kMaxLogText));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '"') c = ' ';
  return line;
}

KnownPasswords::KnownPasswords() : key_(random_bytes(kKeyBytes)) {}

std::string KnownPasswords::digest(std::string_view password) const { return hmac_sha256(key_, password); }

bool KnownPasswords::is_known(std::string_view password, const std::string& hash) {
  const std::string given = digest(password);
  const std::lock_guard lock(mutex_);
  const auto found = digests_.find(hash);
  return found != digests_.end() && equal_constant_time(found->second, given);
}

void KnownPasswords::remember(std::string_view password, const std::string& hash) {
  std::string given = digest(password);
  const std::lock_guard lock(mutex_);
  if (digests_.size() >= kMostKnownPasswords) digests_.clear();
  digests_.insert_or_assign(hash, std::move(given));
}

Admitted admit(model::Environment& environment, KnownPasswords& known, const Login& login,
               const Wanted& wanted, bool is_master_call) {
  sql::Scope database(environment.pool);
  const Account account = find_account(environment, database, login, wanted, is_master_call);
  if (account.hash && known.is_known(login.password, *account.hash))
    return {log_text(login.name), account.is_master, account.reseller};
  const SessionSettings& settings = environment.settings.session;
  const session::Admission admission =
      count_attempt(database.connection(), settings, environment.clock.now(), login);
  database.release();
  if (!account.hash)
    session::verify_nothing(login.password, settings.password_cost);
  else if (session::verify_password(login.password, *account.hash)) {
    known.remember(login.password, *account.hash);
    return {log_text(login.name), account.is_master, account.reseller};
  }
  session::record_failure(database, environment.clock.now(), admission);
  log(LogLevel::Notice, "GW0782",
      fmt::format("provisioning: wrong credentials of \"{}\" from {}", log_text(login.name), login.address));
  throw Fault(FaultKind::InvalidCredentials, "Authentication failed");
}

}  // namespace gw::provisioning
