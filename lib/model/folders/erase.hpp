// Deleting folders for good: content, tombstone, row, event. Rights are the caller's business.
#pragma once

#include "model/folders/folder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// The module's content keeper; nullptr when the module keeps nothing here.
const FolderContent* find_content(const ContentRegistry& contents, ObjectModule module);

/// Deletes the folder's objects and the folder; leaves a tombstone and raises Deleted for everybody who saw
/// it. Subfolders are not touched: give them first. Cost: the content's.
void erase_with_content(Transaction& transaction, const Folder& folder);

struct FolderEvent {
  ChangeKind kind = ChangeKind::Updated;
  FolderId source;           ///< where a moved folder was
  std::vector<UserId> also;  ///< who saw it before
};
/// Tells whoever sees the folder of the folder, and whoever sees its parents of these; call it while the
/// entries still stand.
void raise_folder_event(Transaction& transaction, const Folder& folder, FolderEvent details);

/// Tombstone bookkeeping of folders: module Folder, place 0.
void leave_folder_tombstone(Transaction& transaction, FolderId folder);

}  // namespace gw::model::folders
