#include "session/session_store.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/errors/session.hpp"
#include "core/metric.hpp"
#include "core/random.hpp"
#include "session/mail_password.hpp"
#include "session/multifactor/device_rows.hpp"
#include "session/session_place.hpp"
#include "session/session_rows.hpp"

namespace gw::session {
namespace {

constexpr std::size_t kIdBytes = 16;

std::string session_key(std::string_view id) { return "s" + std::string(id); }
std::string public_key(std::string_view public_id) { return "p" + std::string(public_id); }
/// Says that a session has just ended, to whoever is about to cache what he read before.
std::string ended_key(std::string_view id) { return "g" + std::string(id); }

/// Anything else cannot be an id: refused before it reaches cache or database.
bool is_id(std::string_view text) {
  return text.size() == kIdBytes * 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

SessionStore::SessionStore(const Settings& settings, SessionCache& cache, const Clock& clock)
    : settings_(settings), cache_(cache), clock_(clock), limits_(settings.session) {}

NewSession SessionStore::create(sql::Scope& database, Session session, const std::string& mail_password) {
  const Millis now = clock_.now();
  NewSession made{std::move(session), random_hex(kIdBytes)};
  made.session.id = new_id(database);
  made.session.public_id = new_id(database);
  made.session.secret_hash = to_hex(sha256(made.secret));
  made.session.created = made.session.last_active = now;
  made.session.sealed_password = seal_mail_password(made.session, made.secret, mail_password);
  const Factor known = made.session.factor;
  try {
    database.write([&](sql::Connection& connection) {
      const bool must_prove =
          known == Factor::None && !made.session.is_guest &&
          multifactor::has_second_factor(connection, made.session.context, made.session.user);
      made.session.factor = must_prove ? Factor::Pending : known;
      limits_.check(connection, made.session, now);
      insert_row(connection, made.session);
    });
  } catch (const sql::SqlError& error) {
    if (error.kind() == sql::ErrorKind::Duplicate) throw ApiError(errors::ses::kIdCollision);
    throw;
  }
  count(Metric::Logins, {"success", made.session.client});
  write_cache(made.session, now);
  return made;
}

std::optional<CachedSession> SessionStore::read_cache(std::string_view id, Millis now) {
  const auto bytes = cache_.get(session_key(id));
  if (!bytes) return std::nullopt;
  auto cached = decode_session(*bytes);
  if (!cached || cached->session.id != id) return std::nullopt;
  const std::int64_t age = now.value - cached->checked.value;
  if (age < 0 || age >= std::chrono::milliseconds(kCacheLifetime).count()) return std::nullopt;
  return cached;
}

void SessionStore::write_cache(const Session& session, Millis now) {
  const std::string bytes = encode_session({session, now});
  if (!bytes.empty()) cache_.put(session_key(session.id), bytes, kCacheLifetime);
}

std::optional<Session> SessionStore::load(sql::Scope& database, std::string_view id, Millis now,
                                          std::int64_t account_stamp) {
  auto session = find_row(database.connection(), id);
  if (!session || is_expired(settings_.session, *session, now)) return std::nullopt;
  session->account_stamp = account_stamp;
  session->is_fresh = true;
  write_cache(*session, now);
  // A logout may have run between the query and the line above. It leaves its mark before it deletes the row,
  // so either we see the mark now, or its own removal from the cache comes after our entry.
  if (!cache_.get(ended_key(id))) return session;
  forget(*session);
  return std::nullopt;
}

std::optional<Session> SessionStore::look(sql::Scope& database, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  const Millis now = clock_.now();
  // One that waits for the second factor may have passed it on another node.
  if (auto cached = read_cache(id, now); cached && cached->session.factor != Factor::Pending &&
                                         !is_expired(settings_.session, cached->session, now))
    return std::move(cached->session);
  return load(database, id, now);
}

std::optional<Session> SessionStore::find(sql::Scope& database, std::string_view id) {
  auto session = look(database, id);
  if (!session) return std::nullopt;
  const Millis now = clock_.now();
  if (now.value - session->last_active.value < idle_of(settings_.session, session->persistent).step)
    return session;
  return touch(database, std::move(*session), now);
}

std::optional<Session> SessionStore::touch(sql::Scope& database, Session session, Millis now) {
  bool moved = false;
  database.write([&](sql::Connection& connection) { moved = touch_row(connection, session, now); });
  // Not moved: gone, or another request was faster. The row tells.
  if (!moved) return load(database, session.id, now);
  session.last_active = now;
  write_cache(session, now);
  if (!cache_.get(ended_key(session.id))) return session;
  forget(session);
  return std::nullopt;
}

std::optional<Session> SessionStore::find_public(sql::Scope& database, std::string_view public_id) {
  if (!is_id(public_id)) return std::nullopt;
  std::string id = cache_.get(public_key(public_id)).value_or("");
  if (id.empty()) id = find_row_by_public(database.connection(), public_id);
  auto session = find(database, id);
  if (!session || session->public_id != public_id) return std::nullopt;
  cache_.put(public_key(public_id), id, kCacheLifetime);
  return session;
}

bool SessionStore::confirm(sql::Scope& database, Session& session, std::int64_t account_stamp) {
  if (session.is_fresh || session.account_stamp == account_stamp) return true;
  auto current = load(database, session.id, clock_.now(), account_stamp);
  if (!current) {
    forget(session);
    return false;
  }
  session = std::move(*current);
  return true;
}

void SessionStore::forget(const Session& session) {
  cache_.remove(session_key(session.id));
  cache_.remove(public_key(session.public_id));
}

void SessionStore::remove(sql::Scope& database, const Session& session) {
  cache_.put(ended_key(session.id), "1", kCacheLifetime);
  database.write([&](sql::Connection& connection) { delete_row(connection, session); });
  forget(session);
  tell_end(database, session);
}

void SessionStore::tell_end(sql::Scope& database, const Session& session) {
  if (on_end_) on_end_(session, list_rows(database.connection(), session.context, session.user).empty());
}

void SessionStore::remove_all_of_user(sql::Scope& database, ContextId context, UserId user,
                                      std::string_view except_id) {
  for (const Session& session : list_rows(database.connection(), context, user))
    if (session.id != except_id) remove(database, session);
  database.write([&](sql::Connection& connection) { delete_pending(connection, context, user); });
}

std::vector<Session> SessionStore::list_of_user(sql::Scope& database, ContextId context, UserId user) {
  std::vector<Session> sessions = list_rows(database.connection(), context, user);
  const Millis now = clock_.now();
  std::erase_if(sessions,
                [&](const Session& session) { return is_expired(settings_.session, session, now); });
  return sessions;
}

void SessionStore::save(sql::Scope& database, const Session& session) {
  bool stored = false;
  database.write([&](sql::Connection& connection) { stored = update_row(connection, session); });
  forget(session);
  if (!stored) throw ApiError(errors::ses::kExpired, {session.id});
}

void SessionStore::make_persistent(sql::Scope& database, Session& session) {
  session.persistent = true;
  session.last_active = clock_.now();
  save(database, session);
}

void SessionStore::change_address(sql::Scope& database, Session& session, const std::string& address) {
  session.address = address;
  save(database, session);
}

void SessionStore::change_client(sql::Scope& database, Session& session, const std::string& client,
                                 const std::string& cookie_hash) {
  session.client = client;
  session.cookie_hash = cookie_hash;
  save(database, session);
}

void SessionStore::change_mail_password(sql::Scope& database, Session& session, std::string_view secret,
                                        std::string_view password) {
  session.sealed_password = seal_mail_password(session, secret, password);
  save(database, session);
}

bool SessionStore::prove_factor(sql::Scope& database, Session& session,
                                const std::function<bool(sql::Connection&)>& prove) {
  bool is_proved = false;
  database.write([&](sql::Connection& connection) {
    is_proved = prove(connection);
    if (is_proved) set_factor(connection, session, Factor::Proved);
  });
  if (!is_proved) return false;
  session.factor = Factor::Proved;
  forget(session);
  return true;
}

}  // namespace gw::session
