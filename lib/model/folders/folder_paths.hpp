// What the services behind files ask about the tree itself, whoever may see it: the way up, names beside a
// file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "model/folders/folder_access.hpp"
#include "sql/connection.hpp"

namespace gw::model::folders {

struct PathStep {
  FolderId id;
  std::string title;
  FolderType type = FolderType::Public;  ///< as stored
};
/// The folder and what lies above it, the folder first, without root and storage (0 and 9). Empty when it
/// does not exist. Cost: one query per level.
std::vector<PathStep> path_of(sql::Connection& connection, ContextId context, FolderId folder);

/// The folder below `parent` with exactly this title. Cost: one query.
std::optional<FolderId> find_subfolder(sql::Connection& connection, ContextId context, FolderId parent,
                                       std::string_view title);
/// The same. Cost: none when this process has asked under the same marks, also for a title that no folder
/// has.
std::optional<FolderId> find_subfolder(sql::Connection& connection, const Caller& caller, FolderId parent,
                                       std::string_view title);

/// Whose folder it is; 0 for system folders and missing ones. Cost: one query.
UserId owner_of(sql::Connection& connection, ContextId context, FolderId folder);
/// The same. Cost: as find_access for a folder that the caller sees.
UserId owner_of(sql::Connection& connection, const Caller& caller, FolderId folder);

}  // namespace gw::model::folders
