#include "model/folders/folder_paths.hpp"

#include <algorithm>
#include <functional>

#include "model/folders/folder_store.hpp"
#include "model/marked_cache.hpp"

namespace gw::model::folders {
namespace {

/// Far above any real tree: a ring in broken data must end.
constexpr int kMaxDepth = 200;
constexpr std::size_t kCachedTitles = 4'096;
/// Bytes; no folder has a longer title, and what a client asks for must not fill a worker's memory.
constexpr std::size_t kLongestTitle = 1'024;

/// What one title below one folder led to. The key holds its hash only.
struct NamedFolder {
  std::string title;
  std::optional<FolderId> id;
};

/// By parent and title. Never freed, like every cache of the process.
MarkedCache<NamedFolder>& title_cache() {
  static auto* const cache = new MarkedCache<NamedFolder>(kCachedTitles);
  return *cache;
}

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

UserId owner_of(sql::Connection& connection, const Caller& caller, FolderId folder) {
  const auto access = find_access(connection, caller, folder);
  return access ? access->owner : owner_of(connection, caller.context, folder);
}

std::optional<FolderId> find_subfolder(sql::Connection& connection, ContextId context, FolderId parent,
                                       std::string_view title) {
  for (const Folder& folder : list_children_named(connection, context, parent, title))
    if (folder.title == title) return folder.id;
  return std::nullopt;
}

std::optional<FolderId> find_subfolder(sql::Connection& connection, const Caller& caller, FolderId parent,
                                       std::string_view title) {
  const auto hash = static_cast<std::int64_t>(std::hash<std::string_view>()(title));
  const CacheKey key{caller.context, parent.value, hash};
  // Read before the folders: what is found may be newer than this state, never older.
  const Marks marks{0, caller.marks.folders};
  const bool is_kept = marks.folders != 0 && title.size() <= kLongestTitle;
  if (is_kept)
    if (const auto known = title_cache().find(key, marks); known && known->title == title) return known->id;
  const auto found = find_subfolder(connection, caller.context, parent, title);
  if (is_kept) title_cache().store(key, marks, {std::string(title), found});
  return found;
}

}  // namespace gw::model::folders
