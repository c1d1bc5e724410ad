#include "model/infostore/item_recipients.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "model/groups/membership.hpp"

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
  std::set_difference(named.begin(), named.end(), viewers.begin(), viewers.end(),
                      std::back_inserter(only_shared));
  return only_shared;
}

}  // namespace gw::model::infostore
