// Making, finding and ending sessions. One object per process.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "session/session.hpp"
#include "session/session_cache.hpp"
#include "sql/scope.hpp"

namespace gw::session {

struct NewSession {
  Session session;     ///< as stored
  std::string secret;  ///< the value of the secret cookie; known only to the client from now on
};

/// Threads: any. Every call takes the request's own database scope; a cached session costs no query.
/// Logout is immediate everywhere: removal deletes the row and the cache entry, and entries that other nodes still cache (no
/// shared socache) live at most `kCacheLifetime`.
class SessionStore {
 public:
  static constexpr std::chrono::seconds kCacheLifetime{30};

  SessionStore(const Settings& settings, SessionCache& cache, const Clock& clock);

  /// Fills id, public_id, secret_hash, created and last_active. Errors: SES-0002, SES-0007, SES-0207 (limits), SES-0008 (auth id).
  NewSession create(sql::Scope& database, Session session, const std::string& mail_password);
  /// Empty when unknown or expired. Moves last_active on, at most once per step (spec conventions 9.6).
  std::optional<Session> find(sql::Scope& database, std::string_view id);
  std::optional<Session> find_public(sql::Scope& database, std::string_view public_id);
  void remove(sql::Scope& database, const Session& session);
  void remove_all_of_user(sql::Scope& database, ContextId context, UserId user, std::string_view except_id);
  [[nodiscard]] std::vector<Session> list_of_user(sql::Scope& database, ContextId context, UserId user);
  void make_persistent(sql::Scope& database, Session& session);
  void change_address(sql::Scope& database, Session& session, const std::string& address);

  /// Token login: the session stays unusable until both tokens come together once. Units: valid for 60 s.
  std::string store_tokens(sql::Scope& database, const Session& session, const std::string& client_token);
  /// Errors: SES-0210, SES-0211. Gives the session and a new secret (the first one was never sent).
  NewSession redeem_tokens(sql::Scope& database, std::string_view server_token, std::string_view client_token);
  /// Single-use token of token?action=acquireToken, valid for 60 s.
  std::string acquire_token(sql::Scope& database, const Session& session);
  std::optional<Session> redeem_token(sql::Scope& database, std::string_view token);
  /// Random token of the login answer; only when enabled.
  std::string store_random(sql::Scope& database, const Session& session);
  std::optional<NewSession> redeem_random(sql::Scope& database, std::string_view random);

  /// Deletes expired rows; the lifecycle's periodic work calls it. Gives their number.
  std::int64_t purge_expired(sql::Scope& database);

 private:
  const Settings& settings_;
  SessionCache& cache_;
  const Clock& clock_;
};

}  // namespace gw::session
