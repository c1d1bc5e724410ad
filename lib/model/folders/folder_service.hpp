// Changing folders: rights, rules, conflicts, stamps, events. HTTP and DAV both come through here.
// Source: spec folders sections 12-15. Every function runs one transaction and must not be called inside
// another.
#pragma once

#include "model/folders/folder.hpp"
#include "model/folders/folder_shares.hpp"
#include "model/folders/permission_rules.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// What a client sent; absent members stay as they are.
struct FolderChange {
  std::optional<std::string> title;
  std::optional<std::string> parent;  ///< a node id: moves the folder (ignored by create)
  std::optional<ObjectModule> module;
  std::optional<std::vector<PermissionEntry>> permissions;
  /// Guests and links that join the permissions; only together with them.
  std::vector<FolderInvitation> invitations;
  std::optional<bool> subscribed;
  /// Outer: was it sent; inner: JSON text, or nothing to clear. Limit: 64 KiB, then FLD-0064.
  std::optional<std::optional<std::string>> meta;
};

struct SavedFolder {
  FolderId id;
  Millis stamp;
  /// Entities that had no entry before and may want to be told.
  std::vector<PermissionEntry> added;
  /// Those of them who were invited by their mail address: they know of nothing until somebody tells them.
  std::vector<UserId> invited;
  std::vector<FolderWarning> warnings;
};

/// Errors: FLD-0002, 0003, 0004, 0005, 0006, 0007, 0008, 0012, 0013, 0014, 0064, 0070, 0092, 0093, 1004,
/// 1025, 1030, and those of checked_permissions.
SavedFolder create_folder(UnitOfWork& work, std::string_view parent, const FolderChange& change);

/// The same inside the transaction of another service.
SavedFolder create_folder(Transaction& transaction, FolderId parent, const FolderChange& change);

/// `read_at`: the stamp the client knows; newer changes are FLD-0009. `cascade` gives the permission list to
/// all subfolders, all or none. Errors: the rules of section 13.
SavedFolder change_folder(UnitOfWork& work, std::string_view id, const FolderChange& change,
                          std::optional<Millis> read_at = {}, bool cascade = false);

/// The same inside the transaction of another service.
SavedFolder change_folder(Transaction& transaction, FolderId id, const FolderChange& change,
                          std::optional<Millis> read_at = {}, bool cascade = false);

struct DeletedFolder {
  FolderId id;
  bool is_trashed = false;
  Millis stamp;
};
/// The folder with its subfolders and everything in them. Files go to the caller's trash unless they lie
/// there already or `for_good`. Errors: FLD-0003, 0008, 0009, 0010, 0030, 0031, 0032, 0074, 0090, 1004.
DeletedFolder delete_folder(UnitOfWork& work, std::string_view id, std::optional<Millis> read_at = {},
                            bool for_good = false);
/// The same inside the transaction of another service.
DeletedFolder delete_folder(Transaction& transaction, FolderId folder);

/// Every object of the folder, not its subfolders. Errors: FLD-0003, 0008, 0032, 0090, 1004.
Millis clear_folder(UnitOfWork& work, std::string_view id);

/// Takes a folder out of the trash, to where it came from or else to the caller's file folder.
/// Errors: FLD-0003, 0008, 0010, 0013 when it does not lie in a trash folder, 1004.
SavedFolder restore_folder(UnitOfWork& work, std::string_view id);

}  // namespace gw::model::folders
