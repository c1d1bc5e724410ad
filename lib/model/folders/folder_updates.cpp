#include "model/folders/folder_updates.hpp"

#include <algorithm>
#include <set>

#include "core/errors/folder.hpp"
#include "model/folders/folder_store.hpp"

namespace gw::model::folders {

FolderUpdates list_updates(UnitOfWork& work, const TreeView& view, Millis since, const Wanted& wanted,
                           std::span<const Source* const> sources) {
  FolderUpdates updates;
  work.snapshot([&](sql::Connection& connection) {
    updates = {};
    if (since.value > 0 && since < tombstone_horizon(connection, work.context()))
      throw ApiError(errors::fld::kResync);
    Tree tree(work, view, sources);
    updates.changed = tree.changed(since);
    tree.complete(updates.changed, wanted);
    updates.timestamp = since;
    for (const Node& node : updates.changed)
      updates.timestamp = std::max(updates.timestamp, node.last_modified);
    std::set<std::int64_t> gone;
    for (const Tombstone& stone :
         tombstones_since(connection, work.context(), ObjectModule::Folder, FolderId(0), since)) {
      gone.insert(stone.object.value);
      updates.timestamp = std::max(updates.timestamp, stone.stamp);
    }
    for (const ChangedFolder& folder : list_changed(connection, work.context(), since)) {
      if (tree.forest().find(folder.id) != nullptr || folder.id.value < kFirstOrdinaryId) continue;
      updates.timestamp = std::max(updates.timestamp, folder.last_modified);
      // Made after the client looked: it cannot know the id, so there is nothing to take away.
      if (folder.created <= since) gone.insert(folder.id.value);
    }
    for (const std::int64_t id : gone) updates.gone.push_back(std::to_string(id));
  });
  return updates;
}

}  // namespace gw::model::folders
