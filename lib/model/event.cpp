#include "model/event.hpp"

#include <algorithm>

namespace gw::model {

void Event::tell(FolderId where, std::span<const UserId> users) {
  if (users.empty()) return;
  auto entry = std::find_if(audiences.begin(), audiences.end(),
                            [where](const FolderAudience& known) { return known.folder == where; });
  if (entry == audiences.end()) entry = audiences.insert(entry, {where, {}});
  std::vector<UserId>& told = entry->users;
  told.insert(told.end(), users.begin(), users.end());
  std::sort(told.begin(), told.end());
  told.erase(std::unique(told.begin(), told.end()), told.end());
}

}  // namespace gw::model
