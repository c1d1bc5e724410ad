#include "model/folders/folder_paths.hpp"

#include <algorithm>

#include "model/folders/folder_store.hpp"

namespace gw::model::folders {
namespace {

/// Far above any real tree: a ring in broken data must end.
constexpr int kMaxDepth = 200;

}  // namespace

std::vector<PathStep> path_of(sql::Connection& connection, ContextId context, FolderId folder) {
  std::vector<PathStep> path;
  for (int depth = 0; folder && folder != system_folder::kInfostore && depth < kMaxDepth; ++depth) {
    const auto found = find_folder(connection, context, folder);
    if (!found) break;
    path.push_back({found->id, found->title, found->type});
    folder = found->parent;
  }
  return path;
}

UserId owner_of(sql::Connection& connection, ContextId context, FolderId folder) {
  const auto found = find_folder(connection, context, folder);
  return found ? found->owner : UserId(0);
}

std::optional<FolderId> find_subfolder(sql::Connection& connection, ContextId context, FolderId parent,
                                       std::string_view title) {
  for (const Folder& folder : list_children_named(connection, context, parent, title))
    if (folder.title == title) return folder.id;
  return std::nullopt;
}

}  // namespace gw::model::folders
