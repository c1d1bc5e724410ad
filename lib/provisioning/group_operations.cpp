// OXGroupService: groups of a context.
#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "model/groups/group_service.hpp"
#include "model/groups/membership.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/user_data.hpp"

namespace gw::provisioning {
namespace {

namespace groups = model::groups;

/// Administrators change what is there now, whatever it was when they looked.
constexpr Millis kWhateverIsThere{INT64_MAX};

GroupId group_id(Call& call, const Json& named) {
  if (!named.is_object()) throw Fault(FaultKind::InvalidData, "No group was named", "grp");
  if (const auto id = number_member(named, "id"))
    return GroupId(groups::load_group(call.work(), GroupId(*id)).id);
  const std::string name = text_member(named, "name").value_or("");
  if (name.empty()) throw Fault(FaultKind::InvalidData, "A group needs id or name", "grp");
  for (const groups::Group& group : groups::list_groups(call.work()))
    if (group.name && equal_ignoring_ascii_case(*group.name, name)) return GroupId(group.id);
  throw Fault(FaultKind::NoSuchGroup, fmt::format("The group {} does not exist", name));
}

Json write_group(const groups::Group& group) {
  Json out = Json::object();
  out.set("id", Json::integer(group.id));
  out.set("name", Json::string(group.name.value_or("")));
  out.set("displayname", Json::string(group.display_name.value_or("")));
  Json members = Json::array();
  for (const std::int64_t member : group.members) members.append(Json::integer(member));
  out.set("members", std::move(members));
  return out;
}

/// In the names of the web API, whose rules hold.
Json group_values(const Json& data, bool with_name) {
  Json values = Json::object();
  const Json name = data.get("name");
  if (with_name && !name.is_missing()) values.set("name", name);
  if (const Json display = data.get("displayname"); !display.is_missing())
    values.set("display_name", display);
  if (const Json members = data.get("members"); !members.is_missing()) values.set("members", members);
  return values;
}

Json create_group(Call& call) {
  const Json data = call.needed_object("grp");
  return write_group(groups::create_group(call.work(), groups::parse_group(group_values(data, true), true)));
}

Json change_group(Call& call) {
  const Json data = call.needed_object("grp");
  const GroupId id = group_id(call, data);
  const bool is_named_by_id = number_member(data, "id").has_value();
  groups::update_group(call.work(), id, groups::parse_group(group_values(data, is_named_by_id), false),
                       kWhateverIsThere);
  return {};
}

Json delete_group(Call& call) {
  const GroupId ids[] = {group_id(call, call.needed_object("grp"))};
  groups::delete_groups(call.work(), ids, kWhateverIsThere);
  return {};
}

Json delete_groups(Call& call) {
  const Json named = call.argument("grps");
  std::vector<GroupId> ids;
  for (std::size_t i = 0; i < named.size(); ++i) ids.push_back(group_id(call, named.at(i)));
  groups::delete_groups(call.work(), ids, kWhateverIsThere);
  return {};
}

Json get_group(Call& call) {
  return write_group(groups::load_group(call.work(), group_id(call, call.needed_object("grp"))));
}

Json get_groups(Call& call) {
  const Json named = call.argument("grps");
  Json list = Json::array();
  for (std::size_t i = 0; i < named.size(); ++i)
    list.append(write_group(groups::load_group(call.work(), group_id(call, named.at(i)))));
  return list;
}

Json list_those_groups(Call& call, std::string_view pattern) {
  Json list = Json::array();
  for (const groups::Group& group : groups::list_groups(call.work()))
    if (fits_pattern(group.name.value_or(""), pattern) ||
        fits_pattern(group.display_name.value_or(""), pattern))
      list.append(write_group(group));
  return list;
}

Json list_groups(Call& call) {
  return list_those_groups(call, text_member(call.argument_object(), "pattern").value_or("*"));
}
Json list_all_groups(Call& call) { return list_those_groups(call, "*"); }

Json get_default_group(Call& call) { return write_group(groups::load_group(call.work(), kStandardGroup)); }

Json get_members(Call& call) {
  const groups::Group group = groups::load_group(call.work(), group_id(call, call.needed_object("grp")));
  Json list = Json::array();
  for (const std::int64_t member : group.members)
    list.append(write_user_name(load_named_user(call, Json::object().set("id", Json::integer(member)))));
  return list;
}

/// Adds those that are not in it yet, or takes out those that are.
Json change_members(Call& call, bool adds) {
  const groups::Group group = groups::load_group(call.work(), group_id(call, call.needed_object("grp")));
  std::vector<std::int64_t> members = group.members;
  const Json named = call.argument("members");
  for (std::size_t i = 0; i < named.size(); ++i) {
    const std::int64_t user = load_named_user(call, named.at(i)).id.value;
    std::erase(members, user);
    if (adds) members.push_back(user);
  }
  std::sort(members.begin(), members.end());
  Json values = Json::array();
  for (const std::int64_t member : members) values.append(Json::integer(member));
  groups::update_group(call.work(), GroupId(group.id),
                       groups::parse_group(Json::object().set("members", std::move(values)), false),
                       group.last_modified);
  return {};
}
Json add_member(Call& call) { return change_members(call, true); }
Json remove_member(Call& call) { return change_members(call, false); }

Json list_groups_of_user(Call& call) {
  const UserId user = load_named_user(call, call.needed_object("usr")).id;
  Json list = Json::array();
  for (const GroupId group : groups::list_groups_of(call.work().connection(), call.context().id, user))
    list.append(write_group(groups::load_group(call.work(), group)));
  return list;
}

constexpr Operation kGroupOperations[] = {
    {"create", Who::ContextAdmin, kChanges, parse_signature("ctx:Context grp:Group auth >Group"),
     create_group},
    {"change", Who::ContextAdmin, kChanges, parse_signature("ctx:Context grp:Group auth"), change_group},
    {"delete", Who::ContextAdmin, kChanges, parse_signature("ctx:Context grp:Group auth"), delete_group},
    {"deleteMultiple", Who::ContextAdmin, kChanges, parse_signature("ctx:Context grps:Group* auth"),
     delete_groups},
    {"getData", Who::ContextAdmin, kReads, parse_signature("ctx:Context grp:Group auth >Group"), get_group},
    {"getMultipleData", Who::ContextAdmin, kReads, parse_signature("ctx:Context grps:Group* auth >Group*"),
     get_groups},
    {"list", Who::ContextAdmin, kReads, parse_signature("ctx:Context pattern auth >Group*"), list_groups},
    {"listAll", Who::ContextAdmin, kReads, parse_signature("ctx:Context auth >Group*"), list_all_groups},
    {"getDefaultGroup", Who::ContextAdmin, kReads, parse_signature("ctx:Context auth >Group"),
     get_default_group},
    {"getMembers", Who::ContextAdmin, kReads, parse_signature("ctx:Context grp:Group auth >User*"),
     get_members},
    {"addMember", Who::ContextAdmin, kChanges, parse_signature("ctx:Context grp:Group members:User* auth"),
     add_member},
    {"removeMember", Who::ContextAdmin, kChanges, parse_signature("ctx:Context grp:Group members:User* auth"),
     remove_member},
    {"listGroupsForUser", Who::ContextAdmin, kReads, parse_signature("ctx:Context usr:User auth >Group*"),
     list_groups_of_user},
};

}  // namespace

std::span<const Operation> group_operations() { return kGroupOperations; }

}  // namespace gw::provisioning
