#include "model/folders/unreachable_data.hpp"

#include <algorithm>
#include <set>

#include "model/folders/erase.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_content.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/target.hpp"

namespace gw::model::folders {
namespace {

class Removal {
 public:
  Removal(Transaction& transaction, ObjectModule module, bool keeps_shared)
      : transaction_(transaction),
        context_(transaction.work().context()),
        module_(module),
        keeps_shared_(keeps_shared),
        content_(find_content(transaction.work().environment().contents, module)) {}

  /// Children first: nobody may ever see a folder whose parent is gone.
  void drop_tree(const Folder& root, UserId owner) {
    const std::vector<Folder> subtree = list_subtree(transaction_.connection(), context_, root.id);
    for (auto below = subtree.rbegin(); below != subtree.rend(); ++below) drop(*below, owner);
    drop(root, owner);
  }
  void drop(const Folder& folder, UserId owner) {
    if (folder.module != module_ || !seen_.insert(folder.id).second) return;
    if (keeps_shared_ && is_shared(folder, owner)) return;
    const bool stays = folder.default_kind != DefaultKind::None || folder.type == FolderType::System ||
                       folder.id.value < kFirstOrdinaryId ||
                       !list_children(transaction_.connection(), context_, folder.id).empty();
    if (!stays) {
      erase_with_content(transaction_, folder);
      touch_parent(transaction_, folder.parent);
      ++dropped_;
    } else if (content_ != nullptr && !content_->is_empty(transaction_, folder.id)) {
      content_->delete_all(transaction_, folder.id);
      ++dropped_;
    }
  }
  [[nodiscard]] std::int64_t dropped() const { return dropped_; }

 private:
  bool is_shared(const Folder& folder, UserId owner) {
    const auto entries = list_permissions(transaction_.connection(), context_, folder.id);
    return std::any_of(entries.begin(), entries.end(),
                       [owner](const PermissionEntry& entry) {
                         return entry.is_group || entry.entity != owner.value;
                       }) ||
           (content_ != nullptr && content_->has_shared(transaction_, folder.id));
  }

  Transaction& transaction_;
  const ContextId context_;
  const ObjectModule module_;
  const bool keeps_shared_;
  const FolderContent* content_;
  std::set<FolderId> seen_;
  std::int64_t dropped_ = 0;
};

}  // namespace

std::int64_t drop_unreachable_folders(Transaction& transaction, UserId owner, ObjectModule module,
                                      bool keeps_shared) {
  transaction.stamp();
  Removal removal(transaction, module, keeps_shared);
  for (const Folder& folder : list_owned(transaction.connection(), transaction.work().context(), owner))
    if (goes_with_owner(folder)) removal.drop_tree(folder, owner);
  return removal.dropped();
}

std::int64_t drop_unreachable_public_folders(Transaction& transaction, ObjectModule module) {
  transaction.stamp();
  Removal removal(transaction, module, false);
  for (const FolderId root : {system_folder::kPublic, system_folder::kPublicInfostore}) {
    const auto folder = find_folder(transaction.connection(), transaction.work().context(), root);
    if (!folder) continue;
    // Entries of users are theirs, not the module's.
    const auto below = list_subtree(transaction.connection(), transaction.work().context(), root);
    for (auto each = below.rbegin(); each != below.rend(); ++each)
      if (each->id != system_folder::kGlobalAddressBook) removal.drop(*each, {});
    removal.drop(*folder, {});
  }
  return removal.dropped();
}

}  // namespace gw::model::folders
