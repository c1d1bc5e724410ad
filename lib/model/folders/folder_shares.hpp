// What shares ask of folders: who has an entry where, and giving one more. Source: spec folders section 6.
#pragma once

#include <vector>

#include "model/event.hpp"
#include "model/permissions/rights.hpp"
#include "model/shares/target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// An entry for somebody who may have no account yet.
struct FolderInvitation {
  shares::Invitation guest;
  Rights rights;
};

/// Folders in which the user has an entry of his own. Ascending.
std::vector<FolderId> shared_with(sql::Connection& connection, ContextId context, UserId user);

/// May the caller open the folder to everybody? Errors: FLD-0003, -0004, -0008, -0010, -0063, -0072; SHR-0002
/// a system folder, a trash folder, or one of another module.
void check_shareable(Transaction& transaction, FolderId folder, ObjectModule module);
/// Adds or replaces one entry, by all the rules of a change by the caller.
void grant(Transaction& transaction, FolderId folder, const PermissionEntry& entry);
/// Puts the entry into every folder below that the caller administers, or takes it out there.
void spread(Transaction& transaction, FolderId root, const PermissionEntry& entry, bool is_granted);

}  // namespace gw::model::folders
