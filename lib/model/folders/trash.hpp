// The trash of the file storage: folders go in with their subtree and come out again. Internal to the folder
// services.
#pragma once

#include "model/folders/folder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// The caller's trash folder when this folder goes there instead of being erased: files only, and not from
/// the trash itself.
std::optional<Folder> find_trash_for(Transaction& transaction, const Folder& folder);

/// Puts the folder into the trash under a free name; it and its subtree become the caller's alone. Keeps
/// where it came from.
void move_to_trash(Transaction& transaction, const Folder& folder, const std::vector<Folder>& subtree,
                   const Folder& trash);

}  // namespace gw::model::folders
