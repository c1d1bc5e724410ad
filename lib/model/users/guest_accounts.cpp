#include "model/users/guest_accounts.hpp"

#include "core/errors/account.hpp"
#include "core/text.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/user_contacts.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/context_rows.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/tasks/task_account.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_store.hpp"

namespace gw::model::users {
namespace {

/// Over all contexts on purpose: expiry does not depend on the tenant.
constexpr std::string_view kExpired =
    "SELECT cid,id FROM users WHERE expires>0 AND expires<=? ORDER BY expires LIMIT ?";

/// No login name may have a colon, so none is ever that of a guest, and nobody signs in with it.
std::string login_of(UserId guest) { return "guest:" + std::to_string(guest.value); }

UserId heir_of(sql::Connection& connection, ContextId context, const User& guest) {
  const auto inviter = find_user(connection, context, guest.guest_created_by);
  if (inviter && !inviter->guest_created_by) return inviter->id;
  const auto found = contexts::find_context(connection, context);
  if (!found) throw ApiError(errors::ctx::kNotFound, {std::to_string(context.value)});
  return found->admin;
}

}  // namespace

UserId create_guest(Transaction& transaction, ContextId context, const NewGuest& guest) {
  sql::Connection& connection = transaction.connection();
  const Millis stamp = transaction.stamp();
  User user;
  user.id = reserve_user_id(connection, context);
  user.login = login_of(user.id);
  user.modules = guest.modules;
  user.locale = transaction.work().caller().locale;
  user.timezone = transaction.work().caller().timezone.name();
  user.mail = guest.mail;
  user.display_name = guest.display_name;
  user.guest_created_by = guest.created_by;
  user.password_hash = guest.password_hash;
  user.expires = guest.expires;
  user.created = user.last_modified = stamp;
  insert_user(connection, context, user);
  touch_accounts(transaction, context, stamp);
  return user.id;
}

void change_guest(Transaction& transaction, ContextId context, UserId guest, const GuestChanges& changes) {
  sql::Connection& connection = transaction.connection();
  const Millis stamp = transaction.stamp();
  User user = load_user(connection, context, guest);
  if (changes.expires) user.expires = *changes.expires;
  if (changes.modules) user.modules = *changes.modules;
  user.last_modified = stamp;
  update_user(connection, context, user);
  if (changes.password_hash) update_password(connection, context, guest, *changes.password_hash, stamp);
  touch_accounts(transaction, context, stamp);
}

void delete_guest(Transaction& transaction, ContextId context, UserId guest) {
  sql::Connection& connection = transaction.connection();
  const Millis stamp = transaction.stamp();
  const auto user = find_user(connection, context, guest);
  if (!user || !user->guest_created_by) return;
  const UserId heir = heir_of(connection, context, *user);
  // Before the permissions go: what follows from their end must find no guest any more.
  contexts::delete_rows_of_user(connection, context, guest);
  delete_user_row(connection, context, guest);
  contacts::delete_user_data(transaction, context, guest, heir);
  tasks::delete_user_data(transaction, context, guest, heir);
  folders::delete_user_folders(transaction, context, guest);
  calendar::delete_user_data(transaction, context, guest, heir);
  infostore::delete_user_data(transaction, context, guest, heir);
  attachments::change_creator(transaction, context, guest, heir);
  touch_accounts(transaction, context, stamp);
}

std::vector<std::pair<ContextId, UserId>> list_expired_guests(sql::Connection& connection, Millis now,
                                                              int limit) {
  std::vector<std::pair<ContextId, UserId>> expired;
  sql::Query row = connection.query(kExpired, now, limit);
  while (row.next()) expired.emplace_back(row.id<ContextId>(0), row.id<UserId>(1));
  return expired;
}

ModuleSet guest_modules(ObjectModule module, bool is_link) {
  ModuleSet modules;
  modules.set(Module::ReadCreateSharedFolders, true);
  modules.set(Module::EditPublicFolders, true);
  modules.set(Module::EditPassword, !is_link);
  if (module == ObjectModule::Infostore) modules.set(Module::Infostore, true);
  if (module == ObjectModule::Calendar) modules.set(Module::Calendar, true);
  if (module == ObjectModule::Task) modules.set(Module::Tasks, true);
  if (module == ObjectModule::Contact) {
    modules.set(Module::Contacts, true);
    modules.set(Module::Vcard, true);
  }
  return modules;
}

bool is_link_account(const Caller& caller) {
  return caller.is_guest && !caller.modules.has(Module::EditPassword);
}

}  // namespace gw::model::users
