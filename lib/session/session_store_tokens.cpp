// The part of SessionStore that hands sessions over by token.
#include "core/errors/session.hpp"
#include "session/session_place.hpp"
#include "session/session_rows.hpp"
#include "session/session_store.hpp"
#include "session/session_tokens.hpp"

namespace gw::session {
std::string SessionStore::store_tokens(sql::Scope& database, const NewSession& made,
                                       std::string_view client_token) {
  const std::string token = new_id(database);
  const Millis now = clock_.now();
  database.write([&](sql::Connection& connection) {
    set_pending(connection, made.session, true);
    insert_token(connection, made.session, made.secret, {TokenKind::Server, token, client_token}, now);
  });
  forget(made.session);
  return token;
}

NewSession SessionStore::redeem_tokens(sql::Scope& database, std::string_view server_token,
                                       std::string_view client_token) {
  const Millis now = clock_.now();
  std::optional<NewSession> opened;
  database.write([&](sql::Connection& connection) {
    opened.reset();
    const auto redeemed = take_token(connection, {TokenKind::Server, server_token, client_token}, now);
    if (!redeemed) return;
    Session key;
    key.id = redeemed->session_id;
    key.context = redeemed->context;
    set_pending(connection, key, false);
    if (auto session = find_row(connection, key.id))
      opened = NewSession{std::move(*session), redeemed->secret};
  });
  if (!opened) throw ApiError(errors::ses::kServerTokenUnknown);
  return std::move(*opened);
}

std::string SessionStore::acquire_token(sql::Scope& database, const NewSession& own) {
  const std::string token = new_id(database);
  const Millis now = clock_.now();
  database.write([&](sql::Connection& connection) {
    insert_token(connection, own.session, own.secret, {TokenKind::Acquired, token, {}}, now);
  });
  return token;
}

std::string SessionStore::store_random(sql::Scope& database, const NewSession& made) {
  const std::string token = new_id(database);
  const Millis now = clock_.now();
  database.write([&](sql::Connection& connection) {
    insert_token(connection, made.session, made.secret, {TokenKind::Random, token, {}}, now);
  });
  return token;
}

std::optional<NewSession> SessionStore::open_token(sql::Scope& database, std::string_view token,
                                                   bool random) {
  const TokenKind kind = random ? TokenKind::Random : TokenKind::Acquired;
  const Millis now = clock_.now();
  std::optional<NewSession> opened;
  database.write([&](sql::Connection& connection) {
    opened.reset();
    const auto redeemed = take_token(connection, {kind, token, {}}, now);
    if (!redeemed) return;
    auto session = find_row(connection, redeemed->session_id);
    if (session && !is_expired(settings_.session, *session, now))
      opened = NewSession{std::move(*session), redeemed->secret};
  });
  return opened;
}

std::optional<NewSession> SessionStore::redeem_token(sql::Scope& database, std::string_view token) {
  return open_token(database, token, false);
}

std::optional<NewSession> SessionStore::redeem_random(sql::Scope& database, std::string_view random) {
  return open_token(database, random, true);
}

}  // namespace gw::session
