// Every stored folder the caller may see, in memory for the time of one request. Placement in a tree is the
// tree's business.
#pragma once

#include <memory>
#include <unordered_map>

#include "model/caller.hpp"
#include "model/folders/folder.hpp"
#include "sql/connection.hpp"

namespace gw::model::folders {

struct VisibleFolder {
  Folder folder;
  FolderType type = FolderType::Private;  ///< as the caller sees it
  Rights rights;
  bool is_subscribed = true;
  /// The later one of the folder's and the caller's subscription: what conflict checks and `updates` compare.
  Millis last_modified;
};

class Forest {
 public:
  /// Cost: two queries over the folders with an entry for the caller.
  static Forest load(sql::Connection& connection, const Caller& caller);
  /// The same without the caller's subscriptions: every folder as subscribed, last_modified as the folder's
  /// own. Cost: one query; none for callers with few folders when this process has asked under the same
  /// marks.
  static std::shared_ptr<const Forest> find_unsubscribed(sql::Connection& connection, const Caller& caller);
  /// nullptr when the folder does not exist or is not visible.
  [[nodiscard]] const VisibleFolder* find(FolderId id) const;
  /// Ascending by id.
  [[nodiscard]] const std::vector<VisibleFolder>& all() const { return folders_; }

 private:
  static Forest read(sql::Connection& connection, const Caller& caller);

  std::vector<VisibleFolder> folders_;
  std::unordered_map<FolderId, std::size_t> index_;
};

}  // namespace gw::model::folders
