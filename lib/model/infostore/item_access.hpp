// What a caller may do with an item: the rights of its folder combined with the item's own permissions. The
// one place that decides it. Source: spec infostore 9.
#pragma once

#include "core/error.hpp"
#include "model/folders/folder_lookup.hpp"
#include "model/infostore/item.hpp"

namespace gw::model::infostore {

/// The view of the files that others share one by one.
inline constexpr FolderId kSharedFiles = folders::system_folder::kUserInfostore;

/// Folders of the tree that hold folders but never files.
bool is_virtual(FolderId folder);

/// Errors: FLD-0003, FLD-0008; IFO-0302 when it keeps no files.
folders::FolderAccess load_file_folder(sql::Connection& connection, const Caller& caller, FolderId folder);
/// A place for new files. Errors: as load_file_folder; IFO-1700 a virtual folder; `no_right` without the
/// right to create.
folders::FolderAccess load_target_folder(sql::Connection& connection, const Caller& caller, FolderId folder,
                                         const ErrorCode& no_right);

struct ItemAccess {
  bool read = false;
  bool write = false;
  bool remove = false;
  /// By the folder's own rights: then the item is shown there, else in the view "Shared files".
  bool in_folder = false;
};
/// `folder` null: the caller may not see it.
ItemAccess access_to(const Item& item, const folders::FolderAccess* folder, const Caller& caller);

/// May this caller hand out permissions on an item that he may write?
bool may_share(const Caller& caller);

/// Every file folder that the caller may see.
class FolderLookup : public folders::FolderLookup {
 public:
  FolderLookup(sql::Connection& connection, const Caller& caller)
      : folders::FolderLookup(connection, caller, ObjectModule::Infostore) {}
  [[nodiscard]] ItemAccess access(const Item& item) {
    return access_to(item, find(FolderId(item.folder_id)), caller());
  }
};

/// Telling that a file exists is only for those who see its folder. Errors: IFO-0400, or IFO-0300 in a folder
/// that the caller may not see.
void check_readable(const Item& item, const ItemAccess& access, FolderLookup& folders);

/// Completes an item for the caller who gets it: the place where he finds it, and whether he may share it.
void present(Item& item, const ItemAccess& access, const Caller& caller, bool in_view = false);

}  // namespace gw::model::infostore
