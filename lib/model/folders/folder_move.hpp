// Moving a folder with its subtree to another parent. Internal to the folder services; `change_folder` calls
// it.
#pragma once

#include "model/folders/target.hpp"

namespace gw::model::folders {

/// Checks every rule of a move and gives the new parent's id. Writes nothing.
/// Errors: FLD-0005, 0006, 0012, 0021, 0023-0029, 0045, 0049, 0093, 1004.
FolderId check_move(Transaction& transaction, const VisibleFolder& moved, std::string_view new_parent);

/// Would this parent id be where the folder is already, in either tree?
bool is_present_parent(const VisibleFolder& moved, std::string_view parent);

}  // namespace gw::model::folders
