#include "model/contacts/folder_selection.hpp"

#include <algorithm>

namespace gw::model::contacts {

std::vector<FolderId> select_folders(sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                                     std::span<const FolderId> named, std::span<const FolderId> excluded) {
  std::vector<FolderId> folders;
  if (named.empty()) {
    folders = lookup.all_readable();
  } else {
    folders.assign(named.begin(), named.end());
    std::sort(folders.begin(), folders.end());
    folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
    // A folder that cannot be read is an error only for whoever names it.
    for (const FolderId id : folders)
      if (lookup.find_readable(id) == nullptr) load_readable_folder(connection, caller, id);
  }
  std::erase_if(folders, [&](FolderId id) {
    return std::find(excluded.begin(), excluded.end(), id) != excluded.end();
  });
  return folders;
}

void scan_visible(Listing& listing, sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                  const store::Condition& condition, const std::function<bool(const Contact&)>& accepts) {
  if (condition.folders.empty() && condition.users.empty()) return;
  store::scan(connection, caller.context, listing.selection(), condition, [&](const Contact& contact) {
    if (lookup.is_visible(contact) && accepts(contact)) listing.add(contact);
  });
}

}  // namespace gw::model::contacts
