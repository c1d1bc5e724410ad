#include "model/folders/folder_access.hpp"

#include <set>

#include "core/errors/folder.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"
#include "model/groups/membership.hpp"

namespace gw::model::folders {
namespace {

FolderAccess access_of(FolderWithEntries found, const Caller& caller) {
  const Folder& folder = found.folder;
  FolderAccess access;
  access.id = folder.id;
  access.parent = folder.parent;
  access.module = folder.module;
  access.type = type_for(folder, caller);
  access.owner = folder.owner;
  access.is_default = folder.default_kind != DefaultKind::None;
  access.rights = own_rights(folder, found.entries, caller);
  access.title = std::move(found.folder.title);
  return access;
}

}  // namespace

FolderAccess load_access(sql::Connection& connection, const Caller& caller, FolderId folder) {
  auto found = find_for_caller(connection, caller, folder);
  if (!found) throw ApiError(errors::fld::kNotFound, {std::to_string(folder.value)});
  FolderAccess access = access_of(std::move(*found), caller);
  if (!access.rights.may_see()) throw ApiError(errors::fld::kNotVisible, {std::to_string(folder.value)});
  return access;
}

std::optional<FolderAccess> find_access(sql::Connection& connection, const Caller& caller, FolderId folder) {
  auto found = find_for_caller(connection, caller, folder);
  if (!found) return std::nullopt;
  FolderAccess access = access_of(std::move(*found), caller);
  return access.rights.may_see() ? std::optional(std::move(access)) : std::nullopt;
}

std::vector<FolderAccess> visible_folders(sql::Connection& connection, const Caller& caller,
                                          ObjectModule module) {
  std::vector<FolderAccess> visible;
  if (!may_use(caller.modules, module)) return visible;
  for (FolderWithEntries& found : list_for_caller(connection, caller, module)) {
    // System stands for "every module" in the store; here it is a module like the others.
    if (found.folder.module != module) continue;
    FolderAccess access = access_of(std::move(found), caller);
    if (access.rights.may_see()) visible.push_back(std::move(access));
  }
  return visible;
}

std::vector<UserId> viewers(sql::Connection& connection, ContextId context, FolderId folder) {
  std::set<UserId> users;
  for (const PermissionEntry& entry : list_permissions(connection, context, folder)) {
    if (!entry.rights.may_see()) continue;
    if (!entry.is_group)
      users.insert(UserId(entry.entity));
    else
      for (const UserId member : groups::list_members(connection, context, GroupId(entry.entity)))
        users.insert(member);
  }
  return {users.begin(), users.end()};
}

}  // namespace gw::model::folders
