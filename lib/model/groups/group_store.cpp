#include "model/groups/group_store.hpp"

#include <map>

#include "core/text.hpp"

namespace gw::model::groups {
namespace {

constexpr std::string_view kList =
    "SELECT id,name,display_name,last_modified,created FROM user_groups WHERE cid=? ORDER BY id";
constexpr std::string_view kFind =
    "SELECT id,name,display_name,last_modified,created FROM user_groups WHERE cid=? AND id=?";
constexpr std::string_view kMembers =
    "SELECT group_id,user_id FROM group_members WHERE cid=? ORDER BY group_id,user_id";
constexpr std::string_view kMembersOf =
    "SELECT user_id FROM group_members WHERE cid=? AND group_id=? ORDER BY user_id";
constexpr std::string_view kInsert =
    "INSERT INTO user_groups (cid,id,name,display_name,last_modified,created) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kUpdate =
    "UPDATE user_groups SET name=?,display_name=?,last_modified=? WHERE cid=? AND id=?";
constexpr std::string_view kInsertMember = "INSERT INTO group_members (cid,group_id,user_id) VALUES (?,?,?)";
constexpr std::string_view kDeleteMembers = "DELETE FROM group_members WHERE cid=? AND group_id=?";
constexpr std::string_view kDelete = "DELETE FROM user_groups WHERE cid=? AND id=?";
constexpr std::string_view kNameOwner = "SELECT 1 FROM user_groups WHERE cid=? AND LOWER(name)=? AND id<>?";

Group read_group(const sql::Query& row) {
  Group group;
  group.id = row.integer(0);
  group.name = row.optional_string(1);
  group.display_name = row.optional_string(2);
  group.last_modified = row.millis(3);
  group.created = row.millis(4);
  return group;
}

}  // namespace

std::vector<Group> list_stored(sql::Connection& connection, ContextId context) {
  std::vector<Group> groups;
  std::map<std::int64_t, std::size_t> places;
  {
    sql::Query row = connection.query(kList, context);
    while (row.next()) {
      groups.push_back(read_group(row));
      places.emplace(groups.back().id, groups.size() - 1);
    }
  }
  sql::Query row = connection.query(kMembers, context);
  while (row.next())
    if (const auto place = places.find(row.integer(0)); place != places.end())
      groups[place->second].members.push_back(row.integer(1));
  return groups;
}

std::optional<Group> find_stored(sql::Connection& connection, ContextId context, GroupId group) {
  std::optional<Group> found;
  {
    sql::Query row = connection.query(kFind, context, group);
    if (row.next()) found = read_group(row);
  }
  if (!found) return found;
  sql::Query row = connection.query(kMembersOf, context, group);
  while (row.next()) found->members.push_back(row.integer(0));
  return found;
}

void insert_group(sql::Connection& connection, ContextId context, const Group& group) {
  connection.execute(kInsert, context, group.id, group.name, group.display_name, group.last_modified,
                     group.created);
}

void update_group(sql::Connection& connection, ContextId context, const Group& group) {
  connection.execute(kUpdate, group.name, group.display_name, group.last_modified, context, group.id);
}

void replace_members(sql::Connection& connection, ContextId context, const Group& group) {
  connection.execute(kDeleteMembers, context, group.id);
  for (const std::int64_t member : group.members)
    add_member(connection, context, GroupId(group.id), UserId(member));
}

void add_member(sql::Connection& connection, ContextId context, GroupId group, UserId user) {
  connection.execute(kInsertMember, context, group, user);
}

void delete_group(sql::Connection& connection, ContextId context, GroupId group) {
  connection.execute(kDeleteMembers, context, group);
  connection.execute(kDelete, context, group);
}

bool is_name_taken(sql::Connection& connection, ContextId context, std::string_view name, GroupId except) {
  return connection.query(kNameOwner, context, to_lower_ascii(name), except).next();
}

}  // namespace gw::model::groups
