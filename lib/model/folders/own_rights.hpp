// How stored entries become what one caller may do and sees. Pure: no database. Source: spec folders
// sections 2.1, 5 and 7.
#pragma once

#include "model/caller.hpp"
#include "model/folders/folder.hpp"

namespace gw::model::folders {

/// Is the module of folders switched on for this user? System folders always are.
bool may_use(const ModuleSet& modules, ObjectModule module);

/// Whose content is his owner's alone: his private folders, his file folder, his trash. What lies below goes
/// along.
bool goes_with_owner(const Folder& folder);

/// Private folders of others are shared; the global address book counts as public.
FolderType type_for(const Folder& folder, const Caller& caller);

/// The caller's effective rights: the entries combined and reduced by module, type and system rules.
/// `folder` needs id, module, type, owner and default_kind only.
Rights own_rights(const Folder& folder, std::span<const PermissionEntry> entries, const Caller& caller);

/// Presets of section 2.1 and 9.
inline constexpr Rights kOwnerRights{64, 64, 64, 64, true};
inline constexpr Rights kSeeOnly{1, 0, 0, 0, false};
inline constexpr Rights kCreateSubfolders{4, 0, 0, 0, false};

}  // namespace gw::model::folders
