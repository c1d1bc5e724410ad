// The table `sessions`. A session id is what tells the context, so look-ups by id cannot bind one; everything
// else does.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/settings.hpp"
#include "session/session.hpp"
#include "sql/connection.hpp"

namespace gw::session {

/// How long a session may stay unused before it ends, and how often its last use is written.
/// Source: spec conventions 9.6. Shorter lifetimes than the documented ones shorten the steps too.
struct Idle {
  std::int64_t lifetime;  ///< milliseconds
  std::int64_t step;      ///< milliseconds
};
Idle idle_of(const SessionSettings& settings, bool persistent);
bool is_expired(const SessionSettings& settings, const Session& session, Millis now);

/// Errors: SqlError Duplicate when the id exists.
void insert_row(sql::Connection& connection, const Session& session);
/// Sessions that wait for their tokens are not found.
std::optional<Session> find_row(sql::Connection& connection, std::string_view id);
/// The id that belongs to a public id; empty when there is none.
std::string find_row_by_public(sql::Connection& connection, std::string_view public_id);
/// Ascending by creation, expired ones included.
std::vector<Session> list_rows(sql::Connection& connection, ContextId context, UserId user);

/// Writes the changeable members: address, client, cookie_hash, persistent, sealed_password, last_active.
/// false when the row is gone.
bool update_row(sql::Connection& connection, const Session& session);
/// Moves last_active forward only. false when the row is gone or was moved on by someone else.
bool touch_row(sql::Connection& connection, const Session& session, Millis now);
void set_pending(sql::Connection& connection, const Session& session, bool pending);
void set_factor(sql::Connection& connection, const Session& session, Factor factor);
/// Removes a user's sessions that wait for his second factor.
void delete_unproved(sql::Connection& connection, ContextId context, UserId user);
/// Removes a user's sessions that wait for their tokens, and those tokens.
void delete_pending(sql::Connection& connection, ContextId context, UserId user);
/// Removes the row and its tokens.
void delete_row(sql::Connection& connection, const Session& session);

}  // namespace gw::session
