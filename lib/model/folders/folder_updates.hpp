// What changed in the tree since a client looked last. Source: spec folders section 11.
#pragma once

#include "model/folders/tree.hpp"

namespace gw::model::folders {

struct FolderUpdates {
  std::vector<Node> changed;  ///< ascending by stamp, costly columns filled as wanted
  /// Deleted, or known to the caller before and no longer visible.
  std::vector<std::string> gone;
  /// The greatest stamp of everything above, at least `since`.
  Millis timestamp;
};

/// Strictly newer than `since`, all from one state of the database. Errors: FLD-1022 when the tombstones of
/// that time were pruned already.
FolderUpdates list_updates(UnitOfWork& work, const TreeView& view, Millis since, const Wanted& wanted,
                           std::span<const Source* const> sources = {});

}  // namespace gw::model::folders
