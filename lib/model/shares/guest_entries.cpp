#include "model/shares/guest_entries.hpp"

#include "model/shares/token.hpp"
#include "model/users/guest_accounts.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::shares {

void set_new_token(Transaction& transaction, store::Row& row) {
  const UnitOfWork& work = transaction.work();
  const std::string token = make_token(work.context());
  row.token_hash = hash_token(token);
  row.sealed_token = seal_token(transaction.connection(), work.settings(), token);
}

std::optional<store::Row> find_live_link(Transaction& transaction, const Target& target) {
  sql::Connection& connection = transaction.connection();
  const UnitOfWork& work = transaction.work();
  auto row = store::find_link(connection, work.context(), target);
  if (!row) return std::nullopt;
  const auto user = users::find_user(connection, work.context(), row->guest);
  if (user && (user->expires.value == 0 || user->expires > work.now())) return row;
  users::delete_guest(transaction, work.context(), row->guest);
  return std::nullopt;
}

}  // namespace gw::model::shares
