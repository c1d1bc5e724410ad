#include "session/session_rows.hpp"

#include <algorithm>
#include <chrono>

namespace gw::session {
namespace {

constexpr std::int64_t kShortStep = 6 * 60 * 1'000;
constexpr std::int64_t kLongStep = 60 * 60 * 1'000;

constexpr std::string_view kInsert =
    "INSERT INTO sessions "
    "(id,cid,user_id,secret_hash,public_id,login_name,client,client_version,user_agent,auth_id,"
    "cookie_hash,address,persistent,pending,created,last_active,sealed_password,is_guest,factor) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,?,?,?,?)";
constexpr std::string_view kSelect =
    "SELECT "
    "id,cid,user_id,secret_hash,public_id,login_name,client,client_version,user_agent,auth_id,cookie_hash,"
    "address,"
    "persistent,created,last_active,sealed_password,is_guest,factor FROM sessions WHERE id=? AND pending=0";
constexpr std::string_view kSelectOfUser =
    "SELECT "
    "id,cid,user_id,secret_hash,public_id,login_name,client,client_version,user_agent,auth_id,cookie_hash,"
    "address,"
    "persistent,created,last_active,sealed_password,is_guest,factor FROM sessions WHERE cid=? AND user_id=? "
    "AND "
    "pending=0 "
    "ORDER BY created,id";
constexpr std::string_view kIdOfPublic = "SELECT id FROM sessions WHERE public_id=? AND pending=0";
constexpr std::string_view kUpdate =
    "UPDATE sessions SET address=?,client=?,cookie_hash=?,persistent=?,sealed_password=?,last_active=? "
    "WHERE id=? AND cid=?";
constexpr std::string_view kTouch =
    "UPDATE sessions SET last_active=? WHERE id=? AND cid=? AND last_active<?";
constexpr std::string_view kSetPending = "UPDATE sessions SET pending=? WHERE id=? AND cid=?";
constexpr std::string_view kDeletePendingTokens =
    "DELETE FROM session_tokens WHERE cid=? AND user_id=? AND session_id IN "
    "(SELECT id FROM sessions WHERE cid=? AND user_id=? AND pending=1)";
constexpr std::string_view kDeletePending = "DELETE FROM sessions WHERE cid=? AND user_id=? AND pending=1";
constexpr std::string_view kSetFactor = "UPDATE sessions SET factor=? WHERE id=? AND cid=?";
constexpr std::string_view kDeleteUnproved = "DELETE FROM sessions WHERE cid=? AND user_id=? AND factor=1";
constexpr std::string_view kDelete = "DELETE FROM sessions WHERE id=? AND cid=?";
constexpr std::string_view kDeleteTokens = "DELETE FROM session_tokens WHERE session_id=? AND cid=?";

Session read_row(const sql::Query& row) {
  Session session;
  session.id = row.string(0);
  session.context = row.id<ContextId>(1);
  session.user = row.id<UserId>(2);
  session.secret_hash = row.string(3);
  session.public_id = row.string(4);
  session.login_name = row.string(5);
  session.client = row.string(6);
  session.client_version = row.string(7);
  session.user_agent = row.string(8);
  session.auth_id = row.string(9);
  session.cookie_hash = row.string(10);
  session.address = row.string(11);
  session.persistent = row.integer(12) != 0;
  session.created = row.millis(13);
  session.last_active = row.millis(14);
  session.sealed_password = row.string(15);
  session.is_guest = row.integer(16) != 0;
  session.factor = static_cast<Factor>(row.integer(17));
  return session;
}

sql::Value null_if_empty(const std::string& text) {
  return text.empty() ? sql::Value(nullptr) : sql::Value(std::string_view(text));
}

sql::Value sealed_value(const Session& session) {
  return session.sealed_password.empty() ? sql::Value(nullptr)
                                         : sql::Value(sql::Blob{session.sealed_password});
}

}  // namespace

Idle idle_of(const SessionSettings& settings, bool persistent) {
  const std::int64_t lifetime =
      std::chrono::milliseconds(persistent ? settings.long_lifetime : settings.short_lifetime).count();
  return {lifetime, std::min(persistent ? kLongStep : kShortStep, lifetime / 10)};
}

bool is_expired(const SessionSettings& settings, const Session& session, Millis now) {
  return now.value - session.last_active.value >= idle_of(settings, session.persistent).lifetime;
}

void insert_row(sql::Connection& connection, const Session& session) {
  connection.execute(kInsert, session.id, session.context, session.user, session.secret_hash,
                     session.public_id, session.login_name, session.client,
                     null_if_empty(session.client_version), null_if_empty(session.user_agent),
                     null_if_empty(session.auth_id), session.cookie_hash, session.address,
                     session.persistent ? 1 : 0, session.created, session.last_active, sealed_value(session),
                     session.is_guest ? 1 : 0, static_cast<int>(session.factor));
}

std::optional<Session> find_row(sql::Connection& connection, std::string_view id) {
  sql::Query row = connection.query(kSelect, id);
  if (!row.next()) return std::nullopt;
  return read_row(row);
}

std::string find_row_by_public(sql::Connection& connection, std::string_view public_id) {
  sql::Query row = connection.query(kIdOfPublic, public_id);
  return row.next() ? row.string(0) : std::string();
}

std::vector<Session> list_rows(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<Session> sessions;
  sql::Query row = connection.query(kSelectOfUser, context, user);
  while (row.next()) sessions.push_back(read_row(row));
  return sessions;
}

bool update_row(sql::Connection& connection, const Session& session) {
  return connection.execute(kUpdate, session.address, session.client, session.cookie_hash,
                            session.persistent ? 1 : 0, sealed_value(session), session.last_active,
                            session.id, session.context) > 0;
}

bool touch_row(sql::Connection& connection, const Session& session, Millis now) {
  return connection.execute(kTouch, now, session.id, session.context, now) > 0;
}

void set_pending(sql::Connection& connection, const Session& session, bool pending) {
  connection.execute(kSetPending, pending ? 1 : 0, session.id, session.context);
}

void set_factor(sql::Connection& connection, const Session& session, Factor factor) {
  connection.execute(kSetFactor, static_cast<int>(factor), session.id, session.context);
}

void delete_unproved(sql::Connection& connection, ContextId context, UserId user) {
  connection.execute(kDeleteUnproved, context, user);
}

void delete_pending(sql::Connection& connection, ContextId context, UserId user) {
  connection.execute(kDeletePendingTokens, context, user, context, user);
  connection.execute(kDeletePending, context, user);
}

void delete_row(sql::Connection& connection, const Session& session) {
  connection.execute(kDeleteTokens, session.id, session.context);
  connection.execute(kDelete, session.id, session.context);
}

}  // namespace gw::session
