// Groups as clients see and change them: rights, rules, conflicts, updates, events.
// Source: spec contacts-users-groups-resources section 11.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/groups/group.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::groups {

/// Any group, the computed ones with their members. Errors: GRP-0003.
Group load_group(UnitOfWork& work, GroupId group);
/// In the order asked for; unknown ids are left out.
std::vector<Group> list_groups(UnitOfWork& work, std::span<const GroupId> groups);
/// All groups but the guests' one, ascending by id.
std::vector<Group> list_groups(UnitOfWork& work);
/// By display name: `*` and `?` are wildcards, without them it is a substring; empty finds all.
std::vector<Group> search_groups(UnitOfWork& work, std::string_view pattern);

struct GroupInput {
  Group group;
  FieldSet sent;  ///< rows of group_fields()
};
/// Reads what a client sent. Errors: GRP-0008.
GroupInput parse_group(const Json& data, bool creating);

/// Gives the group as stored. A missing simple name is made from the display name.
/// Errors: GRP-0009 right, GRP-0004, GRP-0005, GRP-0006, GRP-0007, GRP-0015, GRP-0016.
Group create_group(UnitOfWork& work, const GroupInput& input);
/// The same inside a transaction that runs already.
Group create_group(Transaction& transaction, const GroupInput& input);
/// `known`: the client's last timestamp. Errors: GRP-0003, GRP-0010, GRP-0011, GRP-0014 and those of create.
Group update_group(UnitOfWork& work, GroupId group, const GroupInput& input, Millis known);
Group update_group(Transaction& transaction, GroupId group, const GroupInput& input, Millis known);
/// All or nothing; removes the groups' permission entries too. Gives the stamp.
/// Errors: GRP-0003, GRP-0010, GRP-0012, GRP-0013.
Millis delete_groups(UnitOfWork& work, std::span<const GroupId> groups, Millis known);

struct GroupUpdates {
  std::vector<Group> created;
  std::vector<Group> modified;
  std::vector<GroupId> deleted;
  Millis timestamp;  ///< greatest change delivered, else `since`
};
/// Changes strictly newer than `since`, from one state of the database.
/// Errors: SVL-0010 when `since` is not 0 and older than the tombstones reach: fetch everything again.
GroupUpdates list_group_updates(UnitOfWork& work, Millis since);

}  // namespace gw::model::groups
