#include "model/folders/forest.hpp"

#include <algorithm>

#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"

namespace gw::model::folders {

Forest Forest::load(sql::Connection& connection, const Caller& caller) {
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
