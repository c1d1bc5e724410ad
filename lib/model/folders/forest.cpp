#include "model/folders/forest.hpp"

#include <algorithm>

#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"
#include "model/marked_cache.hpp"

namespace gw::model::folders {
namespace {

constexpr std::size_t kCachedForests = 32;
/// Folders of the largest forest that is kept: some 500 bytes each.
constexpr std::size_t kLargestForest = 200;

/// By user. Never freed, like every cache of the process.
MarkedCache<std::shared_ptr<const Forest>>& forest_cache() {
  static auto* const cache = new MarkedCache<std::shared_ptr<const Forest>>(kCachedForests);
  return *cache;
}

}  // namespace

Forest Forest::read(sql::Connection& connection, const Caller& caller) {
  Forest forest;
  for (FolderWithEntries& found : list_for_caller(connection, caller, ObjectModule::System)) {
    const Rights rights = own_rights(found.folder, found.entries, caller);
    if (!rights.may_see()) continue;
    VisibleFolder visible;
    visible.type = type_for(found.folder, caller);
    visible.rights = rights;
    visible.is_subscribed = found.folder.subscribed;
    visible.last_modified = found.folder.last_modified;
    visible.folder = std::move(found.folder);
    forest.index_.emplace(visible.folder.id, forest.folders_.size());
    forest.folders_.push_back(std::move(visible));
  }
  return forest;
}

std::shared_ptr<const Forest> Forest::find_unsubscribed(sql::Connection& connection, const Caller& caller) {
  const CacheKey key{caller.context, caller.user.value};
  const bool is_known_state = caller.marks.are_known();
  if (is_known_state)
    if (const auto known = forest_cache().find(key, caller.marks)) return *known;
  // Read after the marks: it may be newer than they are, never older.
  auto forest = std::make_shared<const Forest>(read(connection, caller));
  if (is_known_state && forest->all().size() <= kLargestForest)
    forest_cache().store(key, caller.marks, forest);
  return forest;
}

Forest Forest::load(sql::Connection& connection, const Caller& caller) {
  Forest forest = read(connection, caller);
  for (const Subscription& subscription : list_subscriptions(connection, caller.context, caller.user)) {
    const auto found = forest.index_.find(subscription.folder);
    if (found == forest.index_.end()) continue;
    VisibleFolder& visible = forest.folders_[found->second];
    visible.is_subscribed = subscription.subscribed;
    visible.last_modified = std::max(visible.last_modified, subscription.last_modified);
  }
  return forest;
}

const VisibleFolder* Forest::find(FolderId id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &folders_[found->second];
}

}  // namespace gw::model::folders
