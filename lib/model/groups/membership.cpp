#include "model/groups/membership.hpp"

#include "model/groups/group_store.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::groups {
namespace {

constexpr std::string_view kGroupsOf =
    "SELECT group_id FROM group_members WHERE cid=? AND user_id=? ORDER BY group_id";
constexpr std::string_view kAll = "SELECT user_id,group_id FROM group_members WHERE cid=?";
constexpr std::string_view kMembersOfGroup =
    "SELECT user_id FROM group_members WHERE cid=? AND group_id=? ORDER BY user_id";
constexpr std::string_view kExists = "SELECT 1 FROM user_groups WHERE cid=? AND id=?";
constexpr std::string_view kInsertGroup =
    "INSERT INTO user_groups (cid,id,name,display_name,last_modified,created) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kDeleteMember = "DELETE FROM group_members WHERE cid=? AND user_id=?";
constexpr std::string_view kTouch = "UPDATE user_groups SET last_modified=? WHERE cid=? AND id=?";

void touch(Transaction& transaction, ContextId context, GroupId group) {
  transaction.connection().execute(kTouch, transaction.stamp(), context, group);
}

}  // namespace

std::vector<GroupId> list_groups_of(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<GroupId> groups;
  sql::Query row = connection.query(kGroupsOf, context, user);
  while (row.next()) groups.push_back(row.id<GroupId>(0));
  return groups;
}

std::vector<std::pair<UserId, GroupId>> list_memberships(sql::Connection& connection, ContextId context) {
  std::vector<std::pair<UserId, GroupId>> memberships;
  sql::Query row = connection.query(kAll, context);
  while (row.next()) memberships.emplace_back(row.id<UserId>(0), row.id<GroupId>(1));
  return memberships;
}

std::vector<UserId> list_members(sql::Connection& connection, ContextId context, GroupId group) {
  if (group == kAllUsersGroup) return users::list_internal_ids(connection, context);
  if (group == kAllGuestsGroup) return users::list_guest_ids(connection, context);
  std::vector<UserId> members;
  sql::Query row = connection.query(kMembersOfGroup, context, group);
  while (row.next()) members.push_back(row.id<UserId>(0));
  return members;
}

bool group_exists(sql::Connection& connection, ContextId context, GroupId group) {
  if (group == kAllUsersGroup || group == kAllGuestsGroup) return true;
  return connection.query(kExists, context, group).next();
}

void create_standard_groups(Transaction& transaction, ContextId context) {
  const Millis stamp = transaction.stamp();
  sql::Connection& connection = transaction.connection();
  connection.execute(kInsertGroup, context, kAllUsersGroup, "users", "All users", stamp, stamp);
  connection.execute(kInsertGroup, context, kStandardGroup, "standardgroup", "Standard group", stamp, stamp);
}

void join_standard_group(Transaction& transaction, ContextId context, UserId user) {
  add_member(transaction.connection(), context, kStandardGroup, user);
  touch(transaction, context, kStandardGroup);
  touch(transaction, context, kAllUsersGroup);
}

void leave_all_groups(Transaction& transaction, ContextId context, UserId user) {
  for (const GroupId group : list_groups_of(transaction.connection(), context, user))
    touch(transaction, context, group);
  touch(transaction, context, kAllUsersGroup);
  transaction.connection().execute(kDeleteMember, context, user);
}

}  // namespace gw::model::groups
