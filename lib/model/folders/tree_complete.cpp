// The columns of a folder that cost further queries: entries, names of owners and entities, counters.
#include <algorithm>

#include "model/folders/erase.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/tree.hpp"
#include "model/shares/guest_json.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::folders {
namespace {

/// From here on one list of all users costs less than one look-up each.
constexpr std::size_t kManyUsers = 8;

}  // namespace

Wanted Wanted::from_columns(const std::vector<int>& columns) {
  const auto asks = [&](int number) {
    return std::find(columns.begin(), columns.end(), number) != columns.end();
  };
  return {asks(column::kPermissions), asks(column::kTotal), asks(column::kOwnerName),
          asks(column::kExtendedPermissions)};
}

void Tree::name_users(const std::set<UserId>& wanted) {
  std::set<UserId> missing;
  std::copy_if(wanted.begin(), wanted.end(), std::inserter(missing, missing.end()),
               [&](UserId user) { return !users_.contains(user); });
  if (missing.size() > kManyUsers)
    for (const users::User& user : users::list_users(work_.connection(), work_.context()))
      users_.try_emplace(user.id, UserName{user.display_name, user.mail});
  for (const UserId id : missing) {
    if (users_.contains(id)) continue;
    const auto user = users::find_user(work_.connection(), work_.context(), id);
    users_[id] = user ? UserName{user->display_name, user->mail} : UserName{std::to_string(id.value), ""};
  }
}

std::string Tree::user_name(UserId user) {
  name_users({user});
  return users_.at(user).name;
}

Json Tree::extended(const PermissionEntry& entry, const shares::GuestList::OnTarget& guests) {
  Json out = Json::object();
  out.set("entity", Json::integer(entry.entity));
  out.set("bits", Json::integer(to_bits(entry.rights)));
  out.set("type", Json::string(entry.is_group ? "group" : "user"));
  if (entry.is_group) return out;
  const UserName& user = users_.at(UserId(entry.entity));
  out.set("display_name", Json::string(user.name));
  if (!user.mail.empty()) out.set("contact", Json::object().set("email1", Json::string(user.mail)));
  guests.add_members(out, UserId(entry.entity));
  return out;
}

void Tree::complete(std::vector<Node>& nodes, const Wanted& wanted) {
  if (wanted.permissions || wanted.extended_permissions) {
    std::vector<FolderId> ids;
    for (const Node& node : nodes)
      if (node.stored && !node.knows_permissions) ids.push_back(node.stored);
    auto entries = list_permissions_of(work_.connection(), work_.context(), ids);
    for (Node& node : nodes) {
      if (!node.stored || node.knows_permissions) continue;
      node.permissions = entries[node.stored];
      // Guests learn nothing of others who have it too.
      if (work_.caller().is_guest)
        std::erase_if(node.permissions, [&](const PermissionEntry& entry) {
          return entry.is_group || entry.entity != work_.caller().user.value;
        });
      node.knows_permissions = true;
    }
  }
  std::set<UserId> named;
  std::set<std::int64_t> entities;
  for (const Node& node : nodes) {
    const VisibleFolder* visible = node.stored ? forest_.find(node.stored) : nullptr;
    if (wanted.owner_name && visible != nullptr && visible->folder.owner) named.insert(visible->folder.owner);
    if (wanted.extended_permissions)
      for (const PermissionEntry& entry : node.permissions)
        if (!entry.is_group) {
          named.insert(UserId(entry.entity));
          entities.insert(entry.entity);
        }
  }
  name_users(named);
  const shares::GuestList guests(work_, entities, view_.share_base);
  for (Node& node : nodes) {
    const VisibleFolder* visible = node.stored ? forest_.find(node.stored) : nullptr;
    if (wanted.owner_name && visible != nullptr && visible->folder.owner)
      node.owner_name = users_.at(visible->folder.owner).name;
    if (wanted.extended_permissions) {
      node.extended_permissions = Json::array();
      const auto on_folder = guests.on({node.module, node.stored, {}}, node.rights.admin);
      for (const PermissionEntry& entry : node.permissions)
        node.extended_permissions.append(extended(entry, on_folder));
    }
    if (!wanted.total || visible == nullptr) continue;
    if (const FolderContent* content = find_content(work_.environment().contents, node.module))
      node.total = content->count_readable(work_, node.stored, node.rights);
  }
}

}  // namespace gw::model::folders
