#include "model/infostore/item_access.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/infostore.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::int64_t kReadLevel = 1, kWriteLevel = 2, kRemoveLevel = 4;
std::int64_t own_level(const Item& item, const Caller& caller) {
  std::int64_t level = 0;
  for (const ObjectPermission& entry : item.object_permissions) {
    const bool concerns =
        entry.is_group ? caller.in_group(GroupId(entry.entity)) : entry.entity == caller.user.value;
    if (concerns) level = std::max(level, entry.bits);
  }
  return caller.modules.has(Module::Infostore) ? level : 0;
}

}  // namespace

bool is_virtual(FolderId folder) {
  using namespace folders::system_folder;
  constexpr std::int64_t kOtherFolders = 14;
  return folder == kInfostore || folder == kUserInfostore || folder == kPublicInfostore ||
         folder.value == kOtherFolders;
}

folders::FolderAccess load_file_folder(sql::Connection& connection, const Caller& caller, FolderId folder) {
  folders::FolderAccess access = folders::load_access(connection, caller, folder);
  if (access.module != ObjectModule::Infostore)
    throw ApiError(errors::ifo::kNoFileFolder, {std::to_string(folder.value)});
  return access;
}

folders::FolderAccess load_target_folder(sql::Connection& connection, const Caller& caller, FolderId folder,
                                         const ErrorCode& no_right) {
  const std::string id = std::to_string(folder.value);
  if (is_virtual(folder)) throw ApiError(errors::ifo::kVirtualFolder, {id});
  folders::FolderAccess access = load_file_folder(connection, caller, folder);
  if (!access.rights.may_create_objects()) throw ApiError(no_right, {id});
  return access;
}

ItemAccess access_to(const Item& item, const folders::FolderAccess* folder, const Caller& caller) {
  ItemAccess access;
  if (folder != nullptr) {
    const bool own = item.created_by == caller.user.value;
    access.read = access.in_folder = may_read(folder->rights, own);
    access.write = may_write(folder->rights, own);
    access.remove = may_remove(folder->rights, own);
  }
  const std::int64_t level = own_level(item, caller);
  access.read = access.read || level >= kReadLevel;
  access.write = access.write || level >= kWriteLevel;
  access.remove = access.remove || level >= kRemoveLevel;
  return access;
}

bool may_share(const Caller& caller) {
  return caller.modules.has(Module::ReadCreateSharedFolders) && !caller.is_guest;
}

void check_readable(const Item& item, const ItemAccess& access, FolderLookup& folders) {
  if (access.read) return;
  if (folders.find(FolderId(item.folder_id)) != nullptr) throw ApiError(errors::ifo::kNoRead);
  throw ApiError(errors::ifo::kNotFound, {std::to_string(item.id)});
}

void present(Item& item, const ItemAccess& access, const Caller& caller, bool in_view) {
  if (in_view || !access.in_folder) item.folder_id = kSharedFiles.value;
  item.shareable = access.write && may_share(caller);
  // Guests learn nothing of others who have it too.
  if (caller.is_guest)
    std::erase_if(item.object_permissions, [&](const ObjectPermission& entry) {
      return entry.is_group || entry.entity != caller.user.value;
    });
}

}  // namespace gw::model::infostore
