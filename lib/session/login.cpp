#include "session/login.hpp"

#include <fmt/format.h>

#include "core/errors/login.hpp"
#include "core/log.hpp"
#include "core/metric.hpp"
#include "core/text.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_passwords.hpp"
#include "session/password.hpp"
#include "session/throttle.hpp"

namespace gw::session {
namespace {

using model::users::LoginAccount;

constexpr std::size_t kMaxName = 384;

struct LoginName {
  std::string user;
  std::string context;
};

/// Errors: empty parts for text that no account can have; they are looked up all the same.
LoginName split_name(std::string_view typed, const std::string& default_context) {
  const std::string_view name = trim(typed);
  if (name.size() > kMaxName || !is_valid_utf8(name) || has_control_characters(name) ||
      name.find_first_of("\r\n\t") != std::string_view::npos)
    return {};
  const std::size_t at = name.rfind('@');
  const std::string_view context =
      at == std::string_view::npos ? std::string_view() : trim(name.substr(at + 1));
  return {to_lower_ascii(trim(name.substr(0, at))),
          context.empty() ? default_context : to_lower_ascii(context)};
}

/// What the name stands for; both may be missing.
struct Candidate {
  std::optional<model::contexts::Context> context;
  std::optional<LoginAccount> account;
};

Candidate find_candidate(sql::Connection& connection, const LoginName& name) {
  Candidate candidate;
  candidate.context = model::contexts::find_context(connection, name.context);
  const ContextId context = candidate.context ? candidate.context->id : ContextId();
  candidate.account = model::users::find_login_account(connection, context, name.user);
  if (candidate.account && candidate.account->is_guest) candidate.account.reset();
  return candidate;
}

Attempt make_attempt(const Candidate& candidate, const LoginName& name, const Credentials& credentials) {
  Attempt attempt;
  attempt.account = candidate.context ? fmt::format("{}/{}", candidate.context->id.value, name.user)
                                      : fmt::format("?{}/{}", name.context, name.user);
  if (candidate.account) {
    attempt.context = candidate.context->id;
    attempt.user = candidate.account->id;
  }
  attempt.address = credentials.address;
  attempt.user_agent = credentials.user_agent;
  return attempt;
}

bool is_right(const std::optional<LoginAccount>& account, const std::string& password, int cost) {
  if (account && account->password_hash && !password.empty())
    return verify_password(password, *account->password_hash);
  verify_nothing(password, cost);
  return false;
}

enum class Proof { Stored, Authority, None, NobodyAnswers };

/// Who it is according to the authority takes the place of the candidate. Holds no connection meanwhile.
Proof prove(sql::Scope& database, const Settings& settings, const Credentials& credentials,
            const PasswordAuthority* authority, Candidate& candidate) {
  using Verdict = PasswordAuthority::Verdict;
  bool is_down = false;
  if (authority != nullptr) {
    const auto answer = authority->check(credentials.name, credentials.password);
    if (answer.verdict == Verdict::Right) {
      if (credentials.enter) credentials.enter(answer.context);
      candidate.context = model::contexts::find_context(database.connection(), answer.context);
      candidate.account =
          model::users::find_login_account(database.connection(), answer.context, answer.user);
      database.release();
      if (candidate.context && candidate.account && !candidate.account->is_guest) return Proof::Authority;
      return Proof::None;
    }
    is_down = answer.verdict == Verdict::Down;
  }
  const bool is_asked_here = authority == nullptr || settings.directories.local_passwords;
  if (is_asked_here && is_right(candidate.account, credentials.password, settings.session.password_cost))
    return Proof::Stored;
  return is_down ? Proof::NobodyAnswers : Proof::None;
}

[[noreturn]] void refuse_sign_in(sql::Scope& database, const Settings& settings, const Clock& clock,
                                 Proof proof, const Admission& admission) {
  count(Metric::Logins, {"failed", "any"});
  log(LogLevel::Notice, "GW0381", fmt::format("failed sign-in from {}", admission.attempt.address));
  // Where nothing could be compared nobody guessed.
  const bool was_compared = proof == Proof::None || settings.directories.local_passwords;
  if (was_compared) record_failure(database, clock.now(), admission);
  throw ApiError(proof == Proof::None ? errors::lgi::kInvalidCredentials : errors::lgi::kBackendDown);
}

void renew_hash(sql::Scope& database, ContextId context, const LoginAccount& account,
                const std::string& password, int cost) {
  if (!needs_rehash(*account.password_hash, cost)) return;
  const std::string hash = hash_password(password, cost);
  database.write([&](sql::Connection& connection) {
    model::users::renew_password_hash(connection, context, account.id, *account.password_hash, hash);
  });
}

}  // namespace

ContextId find_context_of_login(sql::Connection& home, const Settings& settings, std::string_view name) {
  const auto context =
      model::contexts::find_context(home, split_name(name, settings.default_context).context);
  return context ? context->id : ContextId();
}

LoginResult log_in(sql::Scope& database, const Settings& settings, const Clock& clock,
                   const Credentials& credentials, const PasswordAuthority* authority) {
  const LoginName name = split_name(credentials.name, settings.default_context);
  Candidate candidate = find_candidate(database.connection(), name);
  Admission admission = admit_attempt(database.connection(), settings.session, clock.now(),
                                      make_attempt(candidate, name, credentials));
  database.release();
  const Proof proof = prove(database, settings, credentials, authority, candidate);
  if (proof == Proof::None || proof == Proof::NobodyAnswers)
    refuse_sign_in(database, settings, clock, proof, admission);
  admission.attempt.context = candidate.context->id;
  admission.attempt.user = candidate.account->id;
  record_success(database, clock.now(), admission);
  if (!candidate.context->enabled) throw ApiError(errors::lgi::kLocked);
  if (!candidate.account->is_enabled) throw ApiError(errors::lgi::kUserDisabled);
  database.release();
  if (proof == Proof::Stored)
    renew_hash(database, candidate.context->id, *candidate.account, credentials.password,
               settings.session.password_cost);
  auto user = model::users::find_user(database.connection(), candidate.context->id, candidate.account->id);
  if (!user) throw ApiError(errors::lgi::kInvalidCredentials);
  return {std::move(*candidate.context), std::move(*user)};
}

std::optional<NamedUser> find_named_user(sql::Connection& connection, const Settings& settings,
                                         std::string_view name) {
  Candidate candidate = find_candidate(connection, split_name(name, settings.default_context));
  if (!candidate.context || !candidate.account) return std::nullopt;
  return NamedUser{std::move(*candidate.context), candidate.account->id, candidate.account->is_enabled};
}

LoginResult load_named_user(sql::Connection& connection, NamedUser named) {
  if (!named.context.enabled) throw ApiError(errors::lgi::kLocked);
  if (!named.is_enabled) throw ApiError(errors::lgi::kUserDisabled);
  auto user = model::users::find_user(connection, named.context.id, named.user);
  if (!user) throw ApiError(errors::lgi::kInvalidCredentials);
  return {std::move(named.context), std::move(*user)};
}

bool confirm_password(sql::Scope& database, const Settings& settings, const Clock& clock, ContextId context,
                      UserId user, const Credentials& credentials) {
  const auto account = model::users::find_login_account(database.connection(), context, user);
  if (account && !account->password_hash && credentials.password.empty()) return true;
  const Attempt attempt{fmt::format("{}/#{}", context.value, user.value), context, user, credentials.address,
                        credentials.user_agent};
  const Admission admission = admit_attempt(database.connection(), settings.session, clock.now(), attempt);
  database.release();
  const bool right = is_right(account, credentials.password, settings.session.password_cost);
  if (!right) record_failure(database, clock.now(), admission);
  return right;
}

}  // namespace gw::session
