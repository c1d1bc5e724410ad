// Single-use tokens that open a session once: of tokenLogin, of token?action=acquireToken, and the random
// token. Only digests are stored; the session's secret lies beside them, sealed under the token itself.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "session/session.hpp"
#include "sql/connection.hpp"

namespace gw::session {

/// Stored: never renumber.
enum class TokenKind : int { Server = 1, Acquired = 2, Random = 3 };

inline constexpr std::chrono::seconds kTokenLifetime{60};

/// What a token stands for.
struct Redeemed {
  std::string session_id;
  ContextId context;
  std::string secret;
};

struct Token {
  TokenKind kind;
  std::string_view token;
  std::string_view client_token;  ///< empty for kinds that have none
};

/// Stores what `made` opens from now on, for kTokenLifetime.
void insert_token(sql::Connection& connection, const Session& session, std::string_view secret,
                  const Token& made, Millis now);

/// Takes the token away and opens it. Call inside a write transaction: of two that come at once one wins.
/// Errors: empty when unknown, used or too old; ApiError SES-0211 when the client token differs (it stays
/// usable).
std::optional<Redeemed> take_token(sql::Connection& connection, const Token& presented, Millis now);

}  // namespace gw::session
