#include "session/session_tokens.hpp"

#include "core/crypto.hpp"
#include "core/errors/session.hpp"

namespace gw::session {
namespace {

constexpr std::string_view kPurpose = "session secret";

constexpr std::string_view kInsertToken =
    "INSERT INTO session_tokens (token,kind,session_id,cid,user_id,client_token,escrow,valid_until) "
    "VALUES (?,?,?,?,?,?,?,?)";
/// The token is what tells the context.
constexpr std::string_view kSelectToken =
    "SELECT session_id,client_token,escrow,cid FROM session_tokens WHERE token=? AND kind=? AND "
    "valid_until>?";
constexpr std::string_view kTake = "DELETE FROM session_tokens WHERE token=? AND cid=?";

std::string digest(std::string_view token) { return to_hex(sha256(token)); }

std::string escrow_key(const Token& token) {
  return std::string(token.token) + '\0' + std::string(token.client_token);
}

}  // namespace

void insert_token(sql::Connection& connection, const Session& session, std::string_view secret,
                  const Token& made, Millis now) {
  const std::string token = digest(made.token);
  const std::string client_token = digest(made.client_token);
  const std::string escrow = seal(escrow_key(made), kPurpose, secret);
  const std::int64_t until = now.value + std::chrono::milliseconds(kTokenLifetime).count();
  connection.execute(kInsertToken, token, static_cast<int>(made.kind), session.id, session.context,
                     session.user, client_token, sql::Blob{escrow}, until);
}

std::optional<Redeemed> take_token(sql::Connection& connection, const Token& presented, Millis now) {
  const std::string token = digest(presented.token);
  Redeemed redeemed;
  std::string escrow;
  {
    sql::Query row = connection.query(kSelectToken, token, static_cast<int>(presented.kind), now);
    if (!row.next()) return std::nullopt;
    if (!equal_constant_time(row.text(1), digest(presented.client_token)))
      throw ApiError(errors::ses::kClientTokenDiffers);
    redeemed.session_id = row.string(0);
    escrow = row.string(2);
    redeemed.context = row.id<ContextId>(3);
  }
  if (connection.execute(kTake, token, redeemed.context) == 0) return std::nullopt;
  auto secret = unseal(escrow_key(presented), kPurpose, escrow);
  if (!secret) return std::nullopt;
  redeemed.secret = std::move(*secret);
  return redeemed;
}

}  // namespace gw::session
