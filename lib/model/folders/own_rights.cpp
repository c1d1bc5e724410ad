#include "model/folders/own_rights.hpp"

#include <algorithm>

namespace gw::model::folders {

bool may_use(const ModuleSet& modules, ObjectModule module) {
  switch (module) {
    case ObjectModule::Task:
      return modules.has(Module::Tasks);
    case ObjectModule::Calendar:
      return modules.has(Module::Calendar);
    case ObjectModule::Contact:
      return modules.has(Module::Contacts);
    case ObjectModule::Infostore:
      return modules.has(Module::Infostore);
    case ObjectModule::Mail:
      return modules.has(Module::Webmail);
    default:
      return true;
  }
}

bool goes_with_owner(const Folder& folder) {
  return folder.type == FolderType::Private || folder.type == FolderType::Trash ||
         folder.default_kind == DefaultKind::Infostore;
}

FolderType type_for(const Folder& folder, const Caller& caller) {
  if (folder.id == system_folder::kGlobalAddressBook) return FolderType::Public;
  if (folder.type == FolderType::Private && folder.owner != caller.user) return FolderType::Shared;
  return folder.type;
}

Rights own_rights(const Folder& folder, std::span<const PermissionEntry> entries, const Caller& caller) {
  if (!may_use(caller.modules, folder.module)) return {};
  if (folder.id == system_folder::kGlobalAddressBook && !caller.modules.has(Module::GlobalAddressBook))
    return {};
  if (folder.id == system_folder::kInfostore && !caller.modules.has(Module::Infostore)) return {};

  Rights rights = combine(entries, caller);
  const bool is_owner = folder.owner == caller.user;
  if (folder.type == FolderType::System) {
    rights.admin = rights.admin && caller.is_context_admin;
  } else if (folder.type == FolderType::Trash) {
    // Nobody renames, moves or shares a trash folder; what lies in it is its owner's business alone.
    if (folder.default_kind == DefaultKind::Trash) rights.admin = false;
  } else if (folder.type == FolderType::Private) {
    if (!is_owner && !caller.modules.has(Module::ReadCreateSharedFolders)) return {};
  } else if (folder.module == ObjectModule::Infostore) {
    if (is_owner && folder.default_kind == DefaultKind::Infostore) return kOwnerRights;
  } else if (!caller.modules.has(Module::EditPublicFolders)) {
    rights = {std::min(rights.folder, 1), rights.read, std::min(rights.write, 1), std::min(rights.remove, 1),
              false};
  }
  if (caller.is_guest) {
    // Guests work in what they were given: they neither administer nor own folders.
    rights.admin = false;
    rights.folder = std::min(rights.folder, 2);
  }
  return rights;
}

}  // namespace gw::model::folders
