#include "model/contacts/folder_selection.hpp"

#include <algorithm>

namespace gw::model::contacts {

std::vector<FolderId> select_folders(sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                                     std::span<const FolderId> named, std::span<const FolderId> excluded) {
  std::vector<FolderId> selected;
  if (named.empty()) {
    for (const folders::FolderAccess* folder : lookup.all()) selected.push_back(folder->id);
  } else {
    selected.assign(named.begin(), named.end());
    std::sort(selected.begin(), selected.end());
    selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
    // A folder that cannot be read is an error only for whoever names it.
    for (const FolderId id : selected)
      if (lookup.find(id) == nullptr) load_readable_folder(connection, caller, id);
  }
  std::erase_if(selected, [&](FolderId id) {
    return std::find(excluded.begin(), excluded.end(), id) != excluded.end();
  });
  return selected;
}

void scan_visible(Listing& listing, sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                  const store::Condition& condition, const std::function<bool(const Contact&)>& accepts) {
  if (condition.folders.empty() && condition.users.empty()) return;
  store::scan(connection, caller.context, listing.selection(), condition, [&](const Contact& contact) {
    if (lookup.is_visible(contact) && accepts(contact)) listing.add(contact);
  });
}

}  // namespace gw::model::contacts
