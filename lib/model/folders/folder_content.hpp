// What the folder services need from the modules that keep objects in folders. Each module implements this
// once; the registry is filled at start (Environment::contents), so folders never see another module's table.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "model/event.hpp"
#include "model/permissions/rights.hpp"

namespace gw::model {
class Transaction;
class UnitOfWork;
}  // namespace gw::model

namespace gw::model::folders {

class FolderContent {
 public:
  virtual ~FolderContent() = default;
  [[nodiscard]] virtual ObjectModule module() const = 0;
  /// Objects the caller may read.
  virtual std::int64_t count_readable(UnitOfWork& work, FolderId folder, const Rights& rights) const = 0;
  [[nodiscard]] virtual bool is_empty(Transaction& transaction, FolderId folder) const = 0;
  /// True when the caller's rights allow to delete every object of the folder.
  [[nodiscard]] virtual bool may_delete_all(Transaction& transaction, FolderId folder,
                                            const Rights& rights) const = 0;
  /// Deletes every object, leaves tombstones and raises events.
  /// What lies outside the database is removed by Transaction::after_commit.
  virtual void delete_all(Transaction& transaction, FolderId folder) const = 0;
  /// The same for the objects that one user made; others' stay.
  virtual void delete_made_by(Transaction& transaction, FolderId folder, UserId creator) const = 0;
  /// True when somebody else holds a lock on an object of the folder or on the folder itself.
  [[nodiscard]] virtual bool is_locked(Transaction&, FolderId) const { return false; }
  /// An object of the folder bears this name, byte for byte, in the name space that it shares with folders
  /// (spec infostore 7): no folder below may bear it too.
  [[nodiscard]] virtual bool has_named(Transaction&, FolderId, std::string_view) const { return false; }
  /// The folder went to the trash with its objects: what was shared one by one is shared no longer.
  virtual void drop_shares(Transaction&, FolderId) const {}
  /// Somebody has an object of the folder beside what the folder's own entries allow.
  [[nodiscard]] virtual bool has_shared(Transaction&, FolderId) const { return false; }
};

/// Ids that are in both lists; both are in ascending order.
inline std::vector<ObjectId> in_both(const std::vector<ObjectId>& a, const std::vector<ObjectId>& b) {
  std::vector<ObjectId> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

/// Owned by the process (static const objects); one entry per module.
using ContentRegistry = std::vector<const FolderContent*>;

}  // namespace gw::model::folders
