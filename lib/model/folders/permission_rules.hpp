// Which permission lists a folder may get. Source: spec folders sections 2.1 and 6.
#pragma once

#include "core/error.hpp"
#include "model/folders/folder.hpp"
#include "model/folders/folder_shares.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// Something that was done, but differently or not fully.
struct FolderWarning {
  const ErrorCode* code = nullptr;
  std::vector<std::string> arguments;
};

/// Checks a whole new list for `folder` (module, type, owner, default_kind, title and id must be set) and
/// gives what to store. `before` is the present list, empty for a new folder: entities that are in it already
/// are not checked again. Errors: FLD-0015, 0016, 0017, 0018, 0044, 0071, 0072, 0073, 0077, 0079, 0080; for
/// folder 6 FLD-0081, 0082, 0083. Cost: up to one look-up per new entity.
std::vector<PermissionEntry> checked_permissions(Transaction& transaction, const Folder& folder,
                                                 const std::vector<PermissionEntry>& before,
                                                 std::vector<PermissionEntry> wanted,
                                                 std::vector<FolderWarning>& warnings);

/// The entries with those of invited guests, whose accounts are made here; `invited` gets the people among
/// them. `folder` must have its id and module. Errors: those of shares::invite.
std::vector<PermissionEntry> with_guests(Transaction& transaction, const Folder& folder,
                                         std::vector<PermissionEntry> entries,
                                         const std::vector<FolderInvitation>& invitations,
                                         std::vector<UserId>& invited);

/// Entries that were in `before` and are not in `after`: guests that have nothing else end. Call when they
/// are gone.
void release_guests(Transaction& transaction, const Folder& folder,
                    const std::vector<PermissionEntry>& before, const std::vector<PermissionEntry>& after);

/// Limits: entries of one folder. More is FLD-0076.
inline constexpr std::size_t kMaxPermissions = 10'000;

}  // namespace gw::model::folders
