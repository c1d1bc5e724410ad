#include "model/users/provisioning.hpp"

#include <algorithm>
#include <array>

#include "core/errors/account.hpp"
#include "core/text.hpp"
#include "model/administration/reseller_limits.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/compositions/composition_account.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/user_contacts.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/context_rows.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/groups/membership.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/snippets/snippet_account.hpp"
#include "model/tasks/task_account.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_store.hpp"

namespace gw::model::users {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::size_t kMaxDisplayName = 320;  ///< characters, as field 500 of contacts
constexpr std::size_t kMaxAliases = 1'000;
constexpr std::size_t kMaxImapLogin = 255;

[[noreturn]] void refuse(const std::string& text) { throw ProvisioningError(Kind::Invalid, text); }

std::string checked_login(const std::string& login) {
  auto name = normalise_login(login);
  if (!name) refuse("The login name \"" + login + "\" is not valid: use 1 to 128 of a-z 0-9 $ % . + _ -");
  return std::move(*name);
}

std::string checked_mail(const std::string& mail) {
  const std::string address(trim(mail));
  if (!address.empty() && !is_mail_address(address)) refuse("The mail address \"" + mail + "\" is not valid");
  return address;
}

std::string checked_locale(const std::string& locale) {
  auto known = normalise_locale(locale);
  if (!known) refuse("The language \"" + locale + "\" is not known; write it as en_US");
  return std::move(*known);
}

std::string checked_timezone(const std::string& zone) {
  if (!TimeZone::find(zone)) refuse("The time zone \"" + zone + "\" is not known; write it as Europe/Berlin");
  return zone;
}

std::string checked_display_name(std::string_view name) {
  const std::string_view kept = trim(name);
  if (kept.empty()) refuse("The display name is missing");
  if (has_control_characters(kept) || !is_valid_utf8(kept) || count_characters(kept) > kMaxDisplayName)
    refuse("The display name is longer than 320 characters or holds control characters");
  return std::string(kept);
}

std::int64_t checked_quota(std::int64_t quota) {
  if (quota < -1) refuse("The quota must be a number of bytes, or -1 for unlimited");
  return quota;
}

/// The rules of the entry's own fields, for what provisioning writes without parse_contact.
void check_person_name(const contacts::Text& name, std::string_view what) {
  constexpr std::size_t kMaxPersonName = 255;  // characters, as fields 501 and 502 of contacts
  if (!name) return;
  if (has_control_characters(*name) || !is_valid_utf8(*name) || count_characters(*name) > kMaxPersonName)
    refuse("The " + std::string(what) + " is longer than 255 characters or holds control characters");
}

std::optional<std::string> checked_imap_login(const std::optional<std::string>& login) {
  if (!login || login->empty()) return std::nullopt;
  if (has_control_characters(*login) || login->size() > kMaxImapLogin) refuse("The IMAP login is not valid");
  return login;
}

/// Folded, unique, the primary address among them.
std::vector<std::string> checked_aliases(const std::vector<std::string>& aliases,
                                         const std::string& primary) {
  if (aliases.size() > kMaxAliases) refuse("A user can have at most 1000 aliases");
  std::vector<std::string> all;
  for (const std::string& alias : aliases)
    if (const std::string address = checked_mail(alias); !address.empty())
      all.push_back(fold_mail_address(address));
  if (!primary.empty()) all.push_back(fold_mail_address(primary));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string build_display_name(const contacts::Contact& contact, const std::string& login) {
  if (contact.display_name) return checked_display_name(*contact.display_name);
  std::string name(trim(contact.first_name.value_or("")));
  const std::string last(trim(contact.last_name.value_or("")));
  if (!name.empty() && !last.empty()) name += ' ';
  name += last;
  return checked_display_name(name.empty() ? login : name);
}

void require_free(sql::Connection& connection, ContextId context, const Settings& settings,
                  const User& user) {
  const auto owner = find_login_owner(connection, context, user.login);
  if (owner && *owner != user.id)
    throw ProvisioningError(Kind::AlreadyExists, "A user named \"" + user.login + "\" already exists");
  if (settings.unique_display_names &&
      find_display_name_owner(connection, context, user.display_name, user.id))
    throw ProvisioningError(Kind::AlreadyExists,
                            "The display name \"" + user.display_name + "\" is already in use");
  for (const std::string& alias : user.aliases)
    if (find_alias_owner(connection, context, alias, user.id))
      throw ProvisioningError(Kind::AlreadyExists,
                              "The mail address \"" + alias + "\" belongs to another user");
}

void raise_change(Transaction& transaction, ChangeKind kind, UserId user) {
  Event event;
  event.module = ObjectModule::User;
  event.kind = kind;
  event.folder = folders::system_folder::kGlobalAddressBook;
  event.object = ObjectId(user.value);
  event.tell(event.folder, std::array{kEverybody});
  transaction.raise(std::move(event));
}

User checked_user(const Settings& settings, const NewUser& wanted) {
  User user;
  user.login = checked_login(wanted.login);
  user.enabled = wanted.enabled;
  user.modules = wanted.modules;
  user.locale = checked_locale(wanted.locale.empty() ? settings.default_locale : wanted.locale);
  user.timezone = checked_timezone(wanted.timezone.empty() ? settings.default_timezone : wanted.timezone);
  user.mail = checked_mail(wanted.mail);
  user.aliases = checked_aliases(wanted.aliases, user.mail);
  user.display_name = build_display_name(wanted.contact, user.login);
  user.password_hash = wanted.password_hash;
  user.file_quota = checked_quota(wanted.file_quota);
  check_person_name(wanted.contact.first_name, "given name");
  check_person_name(wanted.contact.last_name, "surname");
  user.imap_login = checked_imap_login(wanted.imap_login);
  return user;
}

bool apply(User& user, const UserChanges& changes) {
  if (changes.login) user.login = checked_login(*changes.login);
  if (changes.enabled) user.enabled = *changes.enabled;
  if (changes.modules) user.modules = *changes.modules;
  if (changes.locale) user.locale = checked_locale(*changes.locale);
  if (changes.timezone) user.timezone = checked_timezone(*changes.timezone);
  if (changes.mail) user.mail = checked_mail(*changes.mail);
  if (changes.display_name) user.display_name = checked_display_name(*changes.display_name);
  if (changes.file_quota) user.file_quota = checked_quota(*changes.file_quota);
  check_person_name(changes.given_name, "given name");
  check_person_name(changes.surname, "surname");
  if (changes.imap_login) user.imap_login = checked_imap_login(changes.imap_login);
  if (!changes.aliases && !changes.mail) return false;
  user.aliases = checked_aliases(changes.aliases.value_or(user.aliases), user.mail);
  return true;
}

/// The entry in folder 6 shows what an administrator changed.
void update_contact(Transaction& transaction, ContextId context, const User& user,
                    const UserChanges& changes) {
  contacts::Contact values = changes.contact;
  std::vector<int> columns;
  const auto set = [&](int column, contacts::Text contacts::Contact::*member, std::string_view value) {
    columns.push_back(column);
    const std::string_view kept = trim(value);
    values.*member = kept.empty() ? contacts::Text() : contacts::Text(kept);
  };
  if (changes.display_name) set(500, &contacts::Contact::display_name, user.display_name);
  if (changes.given_name) set(501, &contacts::Contact::first_name, *changes.given_name);
  if (changes.surname) set(502, &contacts::Contact::last_name, *changes.surname);
  if (changes.mail) set(555, &contacts::Contact::email1, user.mail);
  const FieldSet fields = contacts::fields_of(columns) | changes.contact_fields;
  if (fields.any()) contacts::update_user_contact(transaction, context, user.id, values, fields);
}

UserId context_admin(sql::Connection& connection, ContextId context) {
  const auto found = contexts::find_context(connection, context);
  if (!found) throw ApiError(errors::ctx::kNotFound, {std::to_string(context.value)});
  return found->admin;
}

}  // namespace

User create_user(Transaction& transaction, ContextId context, const NewUser& wanted) {
  const Settings& settings = transaction.work().settings();
  User user = checked_user(settings, wanted);
  const Millis stamp = transaction.stamp();
  sql::Connection& connection = transaction.connection();
  require_free(connection, context, settings, user);
  user.id = reserve_user_id(connection, context);
  user.created = stamp;
  user.last_modified = stamp;
  insert_user(connection, context, user);
  administration::settle_user(transaction, context, user.id, {.before = {}, .after = user.modules});
  replace_aliases(connection, context, user);
  groups::join_standard_group(transaction, context, user.id);

  const folders::DefaultFolders made =
      folders::create_default_folders(transaction, context, user.id, user.display_name, user.locale);
  user.calendar_folder = made.calendar;
  user.contacts_folder = made.contacts;
  user.tasks_folder = made.tasks;
  user.infostore_folder = made.infostore;
  user.infostore_trash = made.infostore_trash;

  contacts::Contact contact = wanted.contact;
  contact.folder_id = folders::system_folder::kGlobalAddressBook.value;
  contact.user_id = user.id.value;
  contact.created_by = user.id.value;
  contact.modified_by = user.id.value;
  contact.display_name = user.display_name;
  if (!user.mail.empty()) contact.email1 = user.mail;
  user.contact = contacts::create_user_contact(transaction, context, std::move(contact));

  update_user(connection, context, user);
  touch_accounts(transaction, context, stamp);
  raise_change(transaction, ChangeKind::Created, user.id);
  return load_user(connection, context, user.id);
}

User create_user(UnitOfWork& work, const NewUser& wanted) {
  User created;
  work.write([&](Transaction& transaction) { created = create_user(transaction, work.context(), wanted); });
  return created;
}

User change_user(Transaction& transaction, ContextId context, UserId id, const UserChanges& changes) {
  const Millis stamp = transaction.stamp();
  sql::Connection& connection = transaction.connection();
  User changed = load_user(connection, context, id);
  if (changes.enabled && !*changes.enabled && context_admin(connection, context) == id)
    throw ProvisioningError(Kind::Protected, "The context administrator cannot be disabled");
  const ModuleSet before = changed.modules;
  const bool aliases_changed = apply(changed, changes);
  require_free(connection, context, transaction.work().settings(), changed);
  changed.last_modified = stamp;
  update_user(connection, context, changed);
  if (changed.modules.bits != before.bits && !changed.guest_created_by)
    administration::settle_user(transaction, context, id, {.before = before, .after = changed.modules});
  if (aliases_changed) replace_aliases(connection, context, changed);
  if (changes.password_hash) update_password(connection, context, id, *changes.password_hash, stamp);
  update_contact(transaction, context, changed, changes);
  touch_accounts(transaction, context, stamp);
  raise_change(transaction, ChangeKind::Updated, id);
  return load_user(connection, context, id);
}

User change_user(UnitOfWork& work, UserId id, const UserChanges& changes) {
  User changed;
  work.write(
      [&](Transaction& transaction) { changed = change_user(transaction, work.context(), id, changes); });
  return changed;
}

void delete_user(UnitOfWork& work, UserId id, const Inheritance& inheritance) {
  const ContextId context = work.context();
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    sql::Connection& connection = transaction.connection();
    const User gone = load_user(connection, context, id);
    if (context_admin(connection, context) == id)
      throw ProvisioningError(Kind::Protected, "The context administrator cannot be deleted");
    const UserId heir = inheritance.heir.value_or(context_admin(connection, context));
    if (heir == id) refuse("A user cannot be his own heir");
    if (load_user(connection, context, heir).guest_created_by) refuse("A guest cannot be an heir");
    if (inheritance.drops_public_entries) folders::delete_public_entries(transaction, context, id);
    contacts::delete_user_data(transaction, context, id, heir);
    tasks::delete_user_data(transaction, context, id, heir);
    folders::delete_user_folders(transaction, context, id);
    calendar::delete_user_data(transaction, context, id, heir);
    infostore::delete_user_data(transaction, context, id, heir);
    attachments::change_creator(transaction, context, id, heir);
    compositions::delete_user_data(transaction, context, id);
    snippets::delete_user_data(transaction, context, id);
    contacts::delete_user_contact(transaction, context, id);
    groups::leave_all_groups(transaction, context, id);
    contexts::delete_rows_of_user(connection, context, id);
    delete_user_row(connection, context, id);
    if (!gone.guest_created_by)
      administration::settle_user(transaction, context, id, {.before = gone.modules, .after = {}});
    write_tombstone(connection, context, ObjectModule::User, folders::system_folder::kRoot,
                    ObjectId(id.value), stamp);
    touch_accounts(transaction, context, stamp);
    raise_change(transaction, ChangeKind::Deleted, id);
  });
}

void store_password_hash(UnitOfWork& work, UserId user, const std::string& hash) {
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    load_user(transaction.connection(), work.context(), user);
    update_password(transaction.connection(), work.context(), user, hash, stamp);
  });
}

void follow_contact(Transaction& transaction, ContextId context, UserId id, const std::string& display_name) {
  sql::Connection& connection = transaction.connection();
  auto user = find_user(connection, context, id);
  if (!user || user->display_name == display_name) return;
  user->display_name = display_name;
  user->last_modified = transaction.stamp();
  update_user(connection, context, *user);
  touch_accounts(transaction, context, user->last_modified);
}

}  // namespace gw::model::users
