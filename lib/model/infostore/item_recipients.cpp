#include "model/infostore/item_recipients.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "model/event.hpp"
#include "model/groups/membership.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::infostore {

std::vector<UserId> recipients(sql::Connection& connection, ContextId context,
                               std::span<const ObjectPermission> entries, std::span<const UserId> viewers) {
  std::set<UserId> named;
  for (const ObjectPermission& entry : entries) {
    if (!entry.is_group) {
      named.insert(UserId(entry.entity));
      continue;
    }
    const auto members = groups::list_members(connection, context, GroupId(entry.entity));
    named.insert(members.begin(), members.end());
  }
  std::vector<UserId> only_shared;
  if (!named.empty() && !viewers.empty() && viewers.front() == kEverybody) {
    const std::vector<UserId> guests = users::list_guest_ids(connection, context);
    std::erase_if(named,
                  [&](UserId user) { return !std::binary_search(guests.begin(), guests.end(), user); });
  }
  std::set_difference(named.begin(), named.end(), viewers.begin(), viewers.end(),
                      std::back_inserter(only_shared));
  return only_shared;
}

}  // namespace gw::model::infostore
