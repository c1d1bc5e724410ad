#include "model/shares/guests.hpp"

#include <algorithm>

#include "core/errors/account.hpp"
#include "core/errors/share.hpp"
#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/folders/folder_shares.hpp"
#include "model/infostore/item_shares.hpp"
#include "model/shares/guest_entries.hpp"
#include "model/shares/share_store.hpp"
#include "model/shares/token.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/guest_accounts.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::shares {
namespace {

constexpr std::size_t kMaxName = 320;  ///< characters, as the display name of a user
constexpr int kExpiredAtOnce = 100;

void check_quota(Transaction& transaction, bool is_link) {
  const UnitOfWork& work = transaction.work();
  const std::int64_t limit =
      guest_limit(transaction.connection(), work.context(), is_link, transaction.marks());
  if (limit < 0) return;
  const std::int64_t used =
      store::count_created_by(transaction.connection(), work.context(), work.caller().user, is_link);
  if (used >= limit)
    throw ApiError(errors::quota::kExceeded,
                   {is_link ? "share_links" : "invite_guests", std::to_string(used), std::to_string(limit)});
}

void check_expiry(const UnitOfWork& work, Millis expires) {
  if (expires.value > 0 && expires <= work.now()) throw ApiError(errors::shr::kBadExpiry);
}

std::string display_name_of(const Invitation& invitation) {
  const std::string_view name = trim(invitation.display_name);
  if (name.empty() || has_control_characters(name) || !is_valid_utf8(name)) return invitation.mail;
  return std::string(first_characters(name, kMaxName));
}

UserId add_guest(Transaction& transaction, const Invitation& invitation, const Target& target) {
  const UnitOfWork& work = transaction.work();
  check_quota(transaction, invitation.is_link);
  check_expiry(work, invitation.expires);
  users::NewGuest guest;
  guest.created_by = work.caller().user;
  guest.modules = users::guest_modules(target.module, invitation.is_link);
  if (invitation.is_link) {
    guest.display_name = "Guest";
    guest.password_hash = invitation.password_hash;
    guest.expires = invitation.expires;
  } else {
    guest.mail = users::fold_mail_address(trim(invitation.mail));
    guest.display_name = display_name_of(invitation);
  }
  store::Row row;
  row.guest = users::create_guest(transaction, work.context(), guest);
  row.is_link = invitation.is_link;
  if (row.is_link)
    row.target = {target.module, target.item ? FolderId() : target.folder, target.item};
  else
    row.mail_fold = guest.mail;
  set_new_token(transaction, row);
  row.created_by = guest.created_by;
  row.created = row.last_modified = transaction.stamp();
  store::insert(transaction.connection(), work.context(), row);
  return row.guest;
}

UserId invite_link(Transaction& transaction, const Invitation& invitation, const Target& target) {
  const UnitOfWork& work = transaction.work();
  const auto link = find_live_link(transaction, target);
  if (!link) return add_guest(transaction, invitation, target);
  check_expiry(work, invitation.expires);
  users::GuestChanges changes;
  if (invitation.password_hash) changes.password_hash = invitation.password_hash;
  if (invitation.expires.value > 0) changes.expires = invitation.expires;
  if (changes.password_hash || changes.expires)
    users::change_guest(transaction, work.context(), link->guest, changes);
  return link->guest;
}

UserId invite_person(Transaction& transaction, const Invitation& invitation, const Target& target) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  const std::string_view address = trim(invitation.mail);
  if (!users::is_mail_address(address))
    throw ApiError(errors::shr::kBadAddress, {std::string(first_characters(address, 80))});
  const std::string folded = users::fold_mail_address(address);
  if (const auto user = users::find_by_address(connection, context, folded)) return *user;
  if (const auto known = store::find_by_mail(connection, context, folded)) return known->guest;
  return add_guest(transaction, invitation, target);
}

}  // namespace

UserId invite(Transaction& transaction, const Invitation& invitation, const Target& target) {
  transaction.stamp();
  return invitation.is_link ? invite_link(transaction, invitation, target)
                            : invite_person(transaction, invitation, target);
}

Admission admit(Transaction& transaction, UserId id, const Target& target, bool reads_only, bool is_admin) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  const auto row = store::find(connection, context, id);
  if (!row) return Admission::Granted;
  if (is_admin || (row->is_link && !reads_only)) return Admission::TooManyRights;
  if (row->is_link) {
    const bool fits =
        row->target.module == target.module &&
        (target.item ? row->target.item == target.item
                     : !row->target.item && (row->target.folder == target.folder || row->with_subfolders));
    return fits ? Admission::Granted : Admission::OtherTarget;
  }
  const ModuleSet needed = users::guest_modules(target.module, false);
  const users::User guest = users::load_user(connection, context, id);
  if ((guest.modules.bits & needed.bits) != needed.bits)
    users::change_guest(transaction, context, id, {.modules = ModuleSet{guest.modules.bits | needed.bits}});
  return Admission::Granted;
}

void release(Transaction& transaction, std::span<const UserId> users, const Target& target) {
  if (users.empty()) return;
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  for (const store::Row& row : store::list(connection, context, users)) {
    const bool is_target =
        target.item ? row.target.item == target.item : !row.target.item && row.target.folder == target.folder;
    const bool is_over = row.is_link
                             ? is_target
                             : folders::shared_with(connection, context, row.guest).empty() &&
                                   infostore::items_shared_with(connection, context, row.guest).empty();
    if (is_over) users::delete_guest(transaction, context, row.guest);
  }
}

void drop_own_links(sql::Connection& connection, ContextId context, std::vector<PermissionEntry>& entries) {
  std::vector<UserId> users;
  for (const PermissionEntry& entry : entries)
    if (!entry.is_group) users.emplace_back(entry.entity);
  if (users.empty()) return;
  for (const store::Row& row : store::list(connection, context, users))
    if (row.is_link && !row.with_subfolders)
      std::erase_if(entries, [&](const PermissionEntry& entry) {
        return !entry.is_group && entry.entity == row.guest.value;
      });
}

std::map<UserId, GuestView> describe(sql::Connection& connection, ContextId context, const Settings& settings,
                                     std::span<const UserId> users) {
  std::map<UserId, GuestView> views;
  for (const store::Row& row : store::list(connection, context, users)) {
    const auto user = users::find_user(connection, context, row.guest);
    if (!user) continue;
    views[row.guest] = {row.is_link, unseal_token(connection, settings, row.sealed_token).value_or(""),
                        user->password_hash.has_value(), user->expires, row.target};
  }
  return views;
}

std::int64_t guest_limit(sql::Connection& connection, ContextId context, bool is_link, const Marks& marks) {
  return administration::count_limit(connection, context, is_link ? "share_links" : "invite_guests",
                                     is_link ? kMaxLinks : kMaxGuests, marks);
}

Counts count_shares(UnitOfWork& work) {
  const auto count = [&](bool is_link) {
    return store::count_created_by(work.connection(), work.context(), work.caller().user, is_link);
  };
  return {count(false), count(true)};
}

int end_expired(Environment& environment) {
  UnitOfWork reading(environment, {});
  const auto expired = users::list_expired_guests(reading.connection(), reading.now(), kExpiredAtOnce);
  reading.release();
  for (const auto& [context, guest] : expired) {
    UnitOfWork work(environment, contexts::provisioning_caller(context));
    work.write([&, context = context, guest = guest](Transaction& transaction) {
      users::delete_guest(transaction, context, guest);
    });
  }
  return static_cast<int>(expired.size());
}

}  // namespace gw::model::shares
