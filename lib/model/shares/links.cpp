#include "model/shares/links.hpp"

#include "core/errors/servlet.hpp"
#include "core/errors/share.hpp"
#include "model/folders/folder_shares.hpp"
#include "model/infostore/item_shares.hpp"
#include "model/shares/guest_entries.hpp"
#include "model/shares/guests.hpp"
#include "model/shares/token.hpp"
#include "model/users/guest_accounts.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::shares {
namespace {

constexpr Rights kLinkRights{1, 2, 0, 0, false};
constexpr std::int64_t kReadBits = 1;

/// Takes the stamp, so that what is checked here still holds at COMMIT.
void check_may_share(Transaction& transaction, const Target& target) {
  transaction.stamp();
  if (!target.item) {
    folders::check_shareable(transaction, target.folder, target.module);
  } else if (target.module == ObjectModule::Infostore) {
    infostore::check_shareable(transaction, target.item);
  } else {
    throw ApiError(errors::shr::kBadTarget, {"of single objects only files can be shared"});
  }
}

void grant(Transaction& transaction, const Target& target, UserId guest) {
  if (target.item)
    infostore::grant(transaction, target.item, {guest.value, false, kReadBits});
  else
    folders::grant(transaction, target.folder, {guest.value, false, kLinkRights});
}

/// A link whose address cannot be shown any more (the salt of the server was changed) gets a new one.
std::string shown_token(Transaction& transaction, store::Row& row) {
  const UnitOfWork& work = transaction.work();
  sql::Connection& connection = transaction.connection();
  if (auto token = unseal_token(connection, work.settings(), row.sealed_token)) return std::move(*token);
  set_new_token(transaction, row);
  row.last_modified = transaction.stamp();
  store::update(connection, work.context(), row);
  return unseal_token(connection, work.settings(), row.sealed_token).value_or("");
}

Link view(Transaction& transaction, store::Row row) {
  Link link;
  link.token = shown_token(transaction, row);
  const auto user = users::load_user(transaction.connection(), transaction.work().context(), row.guest);
  link.guest = row.guest;
  link.has_password = user.password_hash.has_value();
  link.expires = user.expires;
  link.with_subfolders = row.with_subfolders;
  link.meta = std::move(row.meta);
  link.last_modified = row.last_modified;
  return link;
}

store::Row load_unchanged(Transaction& transaction, const Target& target, Millis known) {
  check_may_share(transaction, target);
  auto row = find_live_link(transaction, target);
  if (!row) throw ApiError(errors::shr::kNoLink);
  if (row->last_modified > known) throw ApiError(errors::svl::kChanged);
  return std::move(*row);
}

Link get_in(Transaction& transaction, const Target& target) {
  check_may_share(transaction, target);
  if (auto row = find_live_link(transaction, target)) return view(transaction, std::move(*row));
  const UserId guest = invite(transaction, {.is_link = true}, target);
  grant(transaction, target, guest);
  const auto row = store::find(transaction.connection(), transaction.work().context(), guest);
  Link link = view(transaction, row.value());
  link.is_new = true;
  return link;
}

Link change_in(Transaction& transaction, const Target& target, const LinkChange& change, Millis known) {
  const UnitOfWork& work = transaction.work();
  store::Row row = load_unchanged(transaction, target, known);
  if (change.expires && change.expires->value > 0 && *change.expires <= work.now())
    throw ApiError(errors::shr::kBadExpiry);
  if (change.with_subfolders && !target.item && row.with_subfolders != *change.with_subfolders) {
    row.with_subfolders = *change.with_subfolders;
    folders::spread(transaction, target.folder, {row.guest.value, false, kLinkRights}, row.with_subfolders);
  }
  if (change.meta) row.meta = *change.meta;
  row.last_modified = transaction.stamp();
  store::update(transaction.connection(), work.context(), row);
  if (change.password_hash || change.expires)
    users::change_guest(transaction, work.context(), row.guest,
                        {.password_hash = change.password_hash, .expires = change.expires});
  return view(transaction, std::move(row));
}

}  // namespace

Link get_link(UnitOfWork& work, const Target& target) {
  Link link;
  work.write([&](Transaction& transaction) { link = get_in(transaction, target); });
  return link;
}

Link find_link(UnitOfWork& work, const Target& target) {
  Link link;
  work.write([&](Transaction& transaction) {
    link = view(transaction, load_unchanged(transaction, target, Millis{INT64_MAX}));
  });
  return link;
}

Link change_link(UnitOfWork& work, const Target& target, const LinkChange& change, Millis known) {
  Link link;
  work.write([&](Transaction& transaction) { link = change_in(transaction, target, change, known); });
  return link;
}

Millis remove_link(UnitOfWork& work, const Target& target, Millis known) {
  Millis stamp;
  work.write([&](Transaction& transaction) {
    const store::Row row = load_unchanged(transaction, target, known);
    users::delete_guest(transaction, work.context(), row.guest);
    stamp = transaction.stamp();
  });
  return stamp;
}

}  // namespace gw::model::shares
