// Making, finding and ending sessions. One object per process.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "session/session.hpp"
#include "session/session_cache.hpp"
#include "session/session_codec.hpp"
#include "session/session_limits.hpp"
#include "sql/scope.hpp"

namespace gw::session {

struct NewSession {
  Session session;     ///< as stored
  std::string secret;  ///< the value of the secret cookie; known only to the client from now on
};

/// Threads: any. Every call takes the request's own database scope; a cached session costs no query.
/// Logout is immediate everywhere: removal deletes the row and the cache entry; entries that other nodes
/// still cache (no shared socache) live at most `kCacheLifetime`, less when `confirm` asks the row.
class SessionStore {
 public:
  static constexpr std::chrono::seconds kCacheLifetime{30};

  SessionStore(const Settings& settings, SessionCache& cache, const Clock& clock);

  /// `told` hears of each session after its row is gone; of id, context and user only. `was_last`: the user
  /// has no other. It must neither block nor throw. Threads: before others use the store.
  void on_end(std::function<void(const Session& session, bool was_last)> told) { on_end_ = std::move(told); }

  /// Fills id, public_id, secret_hash, created and last_active. A user with a second factor must prove it in
  /// the new session, unless `session.factor` says that he has. Errors: SES-0002, SES-0007, SES-0207
  /// (limits), SES-0008 (auth id).
  NewSession create(sql::Scope& database, Session session, const std::string& mail_password);
  /// Empty when unknown or expired. Moves last_active on, at most once per step (spec conventions 9.6).
  /// Cost: nothing beyond the cache; every 30 s one query per session and one more in `confirm`; one write
  /// per step.
  std::optional<Session> find(sql::Scope& database, std::string_view id);
  /// The same without moving last_active on: whoever only listens is not active.
  std::optional<Session> look(sql::Scope& database, std::string_view id);
  std::optional<Session> find_public(sql::Scope& database, std::string_view public_id);
  /// False when the session ended behind the cache's back (groupwarectl session kill). `account_stamp` is the
  /// one read by this request; who ends sessions elsewhere touches the accounts after he deleted the rows.
  /// Cost: nothing while the stamp is that of the last time, else one query.
  bool confirm(sql::Scope& database, Session& session, std::int64_t account_stamp);
  void remove(sql::Scope& database, const Session& session);
  /// Those that still wait for their tokens too.
  void remove_all_of_user(sql::Scope& database, ContextId context, UserId user, std::string_view except_id);
  [[nodiscard]] std::vector<Session> list_of_user(sql::Scope& database, ContextId context, UserId user);
  /// These four change the given object and the stored one. Errors: SES-0203 when the session ended
  /// meanwhile.
  void make_persistent(sql::Scope& database, Session& session);
  void change_address(sql::Scope& database, Session& session, const std::string& address);
  /// For redeemers that name another client than the one that signed in.
  void change_client(sql::Scope& database, Session& session, const std::string& client,
                     const std::string& cookie_hash);
  void change_mail_password(sql::Scope& database, Session& session, std::string_view secret,
                            std::string_view password);
  /// Runs `prove` in a transaction and, when it says yes, lets the session pass the second factor in the same
  /// one. `prove` may run several times. Gives what it said.
  bool prove_factor(sql::Scope& database, Session& session,
                    const std::function<bool(sql::Connection&)>& prove);

  /// Token login: the session stays unusable until both tokens come together once. Units: valid for 60 s.
  std::string store_tokens(sql::Scope& database, const NewSession& made, std::string_view client_token);
  /// Errors: SES-0210, SES-0211. The secret is that of `create`, which was never sent.
  NewSession redeem_tokens(sql::Scope& database, std::string_view server_token,
                           std::string_view client_token);
  /// Single-use token of token?action=acquireToken, valid for 60 s.
  std::string acquire_token(sql::Scope& database, const NewSession& own);
  /// The session the token was acquired in, with its secret, so the mail password can be carried over.
  std::optional<NewSession> redeem_token(sql::Scope& database, std::string_view token);
  /// Random token of the login answer, valid for 60 s; only when enabled.
  std::string store_random(sql::Scope& database, const NewSession& made);
  std::optional<NewSession> redeem_random(sql::Scope& database, std::string_view random);

  /// Deletes expired sessions and tokens, old counters of failed logins and devices; the lifecycle's periodic
  /// work calls it. Gives the number of sessions. Cost: bounded; what is left over goes next time.
  std::int64_t purge_expired(sql::Scope& database);

 private:
  std::optional<CachedSession> read_cache(std::string_view id, Millis now);
  void write_cache(const Session& session, Millis now);
  void forget(const Session& session);
  void tell_end(sql::Scope& database, const Session& session);
  std::optional<Session> load(sql::Scope& database, std::string_view id, Millis now,
                              std::int64_t account_stamp = -1);
  std::optional<Session> touch(sql::Scope& database, Session session, Millis now);
  void save(sql::Scope& database, const Session& session);
  std::optional<NewSession> open_token(sql::Scope& database, std::string_view token, bool random);

  const Settings& settings_;
  SessionCache& cache_;
  const Clock& clock_;
  SessionLimits limits_;
  std::function<void(const Session&, bool)> on_end_;
};

}  // namespace gw::session
