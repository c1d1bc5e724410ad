#include "model/contacts/contact_access.hpp"

#include "core/error.hpp"
#include "core/errors/contact.hpp"

namespace gw::model::contacts {

folders::FolderAccess load_contact_folder(sql::Connection& connection, const Caller& caller,
                                          FolderId folder) {
  folders::FolderAccess access = folders::load_access(connection, caller, folder);
  if (access.module != ObjectModule::Contact)
    throw ApiError(errors::con::kNoContactFolder, {std::to_string(folder.value)});
  return access;
}

folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder) {
  folders::FolderAccess access = load_contact_folder(connection, caller, folder);
  if (access.rights.read == 0) throw ApiError(errors::con::kNoReadAccess, {std::to_string(folder.value)});
  return access;
}

bool is_own(const Contact& contact, const Caller& caller) {
  return contact.created_by == caller.user.value ||
         (contact.user_id != 0 && contact.user_id == caller.user.value);
}

bool is_visible(const Contact& contact, const folders::FolderAccess& folder, const Caller& caller) {
  // Only the owner sees his folder as private; to everybody else it is shared.
  if (contact.private_flag && folder.type != folders::FolderType::Private) return false;
  return may_read(folder.rights, is_own(contact, caller));
}

bool may_change(const Contact& contact, const folders::FolderAccess& folder, const Caller& caller,
                const Settings& settings) {
  if (contact.user_id == 0) return may_write(folder.rights, is_own(contact, caller));
  const bool is_himself = contact.user_id == caller.user.value;
  return caller.is_context_admin || (is_himself && settings.edit_own_contact);
}

bool FolderLookup::is_visible(const Contact& contact) {
  if (contact.user_id != 0 && contact.user_id == caller().user.value) return true;
  const folders::FolderAccess* folder = find(FolderId(contact.folder_id));
  return folder != nullptr && contacts::is_visible(contact, *folder, caller());
}

}  // namespace gw::model::contacts
