#include "model/folders/target.hpp"

#include <algorithm>

#include "core/errors/folder.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"

namespace gw::model::folders {

VisibleFolder load_target(Transaction& transaction, FolderId id) {
  transaction.stamp();
  const Caller& caller = transaction.work().caller();
  auto found = find_for_caller(transaction.connection(), caller, id);
  if (!found) throw ApiError(errors::fld::kNotFound, {std::to_string(id.value)});
  VisibleFolder target;
  target.type = type_for(found->folder, caller);
  target.rights = own_rights(found->folder, found->entries, caller);
  if (target.type == FolderType::Shared && !caller.modules.has(Module::ReadCreateSharedFolders))
    throw ApiError(errors::fld::kNoSharedAccess);
  if (!target.rights.may_see()) throw ApiError(errors::fld::kNotVisible, {std::to_string(id.value)});
  target.folder = std::move(found->folder);
  target.is_subscribed = target.folder.subscribed;
  target.last_modified = target.folder.last_modified;
  for (const Subscription& own : list_subscriptions(transaction.connection(), caller.context, caller.user))
    if (own.folder == id) {
      target.is_subscribed = own.subscribed;
      target.last_modified = std::max(target.last_modified, own.last_modified);
    }
  return target;
}

void check_unchanged(const VisibleFolder& target, std::optional<Millis> read_at) {
  if (read_at && target.last_modified > *read_at)
    throw ApiError(errors::fld::kChanged, {std::to_string(target.folder.id.value)});
}

void check_may_hold_subfolders(const VisibleFolder& parent, const Caller& caller) {
  const Folder& folder = parent.folder;
  const bool is_public = folder.id == system_folder::kPublic ||
                         folder.id == system_folder::kPublicInfostore ||
                         (folder.type == FolderType::Public && is_pim(folder.module));
  if (is_public && !caller.modules.has(Module::EditPublicFolders))
    throw ApiError(errors::fld::kNoPublicWrite);
  if (!parent.rights.may_create_subfolders())
    throw ApiError(errors::fld::kNoCreateSubfolder, {std::to_string(folder.id.value)});
}

bool is_pim(ObjectModule module) {
  return module == ObjectModule::Task || module == ObjectModule::Calendar || module == ObjectModule::Contact;
}

void touch_parent(Transaction& transaction, FolderId parent) {
  const UnitOfWork& work = transaction.work();
  touch_folder(transaction, work.context(), parent, transaction.stamp(), work.caller().user);
}

}  // namespace gw::model::folders
