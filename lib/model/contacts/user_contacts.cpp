// The contacts of users: created, changed and deleted by provisioning inside its own transaction.
#include "model/contacts/user_contacts.hpp"

#include <array>

#include "core/errors/contact.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::contacts {
namespace {

/// `object` 0: several.
void raise(Transaction& transaction, ChangeKind kind, FolderId folder, ObjectId object) {
  Event event{.module = ObjectModule::Contact, .kind = kind, .folder = folder, .object = object};
  event.tell(folder, folders::viewers(transaction, folder));
  transaction.raise(std::move(event));
}

void raise(Transaction& transaction, ChangeKind kind, const Contact& contact) {
  raise(transaction, kind, FolderId(contact.folder_id), ObjectId(contact.id));
}

void remove_one(Transaction& transaction, ContextId context, FolderId folder, ObjectId id) {
  attachments::remove_with_parents(transaction, context, attachments::ParentModule::Contact, std::array{id});
  store::remove(transaction.connection(), context, std::array{id});
  write_tombstone(transaction.connection(), context, ObjectModule::Contact, folder, id, transaction.stamp());
}

}  // namespace

ObjectId create_user_contact(Transaction& transaction, ContextId context, Contact contact) {
  const Millis stamp = transaction.stamp();
  if (contact.folder_id == 0) contact.folder_id = kGlobalAddressBook.value;
  if (contact.created_by == 0) contact.created_by = contact.user_id;
  if (contact.modified_by == 0) contact.modified_by = contact.created_by;
  contact.id = transaction.next_id();
  contact.creation_date = contact.last_modified = stamp;
  contact.private_flag = false;
  complete_new(contact, fields_of(std::array{500}));
  store::insert(transaction.connection(), context, contact);
  store::replace_addresses(transaction.connection(), context, contact, true);
  raise(transaction, ChangeKind::Created, contact);
  return ObjectId(contact.id);
}

std::optional<Contact> find_user_contact(sql::Connection& connection, ContextId context, UserId user) {
  std::optional<Contact> found;
  if (user.value > 0)
    store::scan(connection, context, {store::with_dependencies(all_fields()), user}, {.users = {user}},
                [&](const Contact& contact) { found = contact; });
  return found;
}

void update_user_contact(Transaction& transaction, ContextId context, UserId user, const Contact& values,
                         const FieldSet& fields) {
  const Millis stamp = transaction.stamp();
  auto stored = find_user_contact(transaction.connection(), context, user);
  if (!stored) throw ApiError(errors::con::kNotFound, {std::to_string(user.value)});
  // Provisioning changes what a user is called and reached by; where the contact lives and what it is stays.
  const FieldSet fixed = fields_of(std::array{20, 101, 592, 601, 602});
  apply_input(*stored, {values, fields & ~fixed});
  stored->modified_by = transaction.work().caller().user.value;
  stored->last_modified = stamp;
  store::update(transaction.connection(), context, *stored);
  store::replace_addresses(transaction.connection(), context, *stored, false);
  raise(transaction, ChangeKind::Updated, *stored);
}

void delete_user_contact(Transaction& transaction, ContextId context, UserId user) {
  transaction.stamp();
  const auto stored = find_user_contact(transaction.connection(), context, user);
  if (!stored) return;
  remove_one(transaction, context, FolderId(stored->folder_id), ObjectId(stored->id));
  raise(transaction, ChangeKind::Deleted, *stored);
}

void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir) {
  const Millis stamp = transaction.stamp();
  sql::Connection& connection = transaction.connection();
  const FieldSet fields = store::with_dependencies({});
  for (const ObjectId id : store::ids_created_by(connection, context, user, true)) {
    const auto contact = store::find(connection, context, {fields, user}, id);
    if (contact) remove_one(transaction, context, FolderId(contact->folder_id), id);
  }
  const auto inherited = store::folders_created_by(connection, context, user);
  store::change_creator(connection, context, user, heir, stamp);
  for (const FolderId folder : inherited) raise(transaction, ChangeKind::Updated, folder, {});
  store::forget_use_counts(connection, context, user);
}

}  // namespace gw::model::contacts
