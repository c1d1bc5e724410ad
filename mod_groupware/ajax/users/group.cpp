// Module `group`: groups of users. Source: spec contacts-users-groups-resources section 11.
#include "ajax/users/group.hpp"

#include <algorithm>

#include "ajax/users/group_body.hpp"
#include "core/errors/servlet.hpp"
#include "model/groups/group_service.hpp"

namespace gw::ajax {
namespace {

namespace groups = model::groups;

std::vector<GroupId> group_ids(const std::vector<std::int64_t>& numbers) {
  return {numbers.begin(), numbers.end()};
}

Response answer_groups(Invocation& invocation, const std::vector<groups::Group>& found) {
  Millis newest;
  for (const groups::Group& group : found) newest = std::max(newest, group.last_modified);
  if (found.empty()) newest = model::last_stamp(invocation.work.connection(), invocation.work.context());
  return Response::with_data(write_objects(found, groups::group_fields(), invocation.format), newest);
}

Response all_groups(Invocation& invocation) {
  // The numbers choose nothing (spec columns section 13), but must be numbers.
  model::parse_column_numbers(invocation.arguments.text("columns"));
  return answer_groups(invocation, groups::list_groups(invocation.work));
}

Response get_group(Invocation& invocation) {
  const groups::Group group =
      groups::load_group(invocation.work, GroupId(invocation.arguments.integer("id")));
  return Response::with_data(model::write_object(group, groups::group_fields(), invocation.format),
                             group.last_modified);
}

Response list_groups(Invocation& invocation) {
  const auto ids = group_ids(parse_body_ids(invocation.body));
  return answer_groups(invocation, groups::list_groups(invocation.work, ids));
}

Response search_groups(Invocation& invocation) {
  return answer_groups(invocation, groups::search_groups(invocation.work, parse_pattern(invocation.body)));
}

Response create_group(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const groups::Group group =
      groups::create_group(invocation.work, groups::parse_group(invocation.body, true));
  return Response::with_data(Json::object().set("id", Json::integer(group.id)), group.last_modified);
}

Response update_group(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const groups::Group group = groups::update_group(
      invocation.work, GroupId(invocation.arguments.integer("id")),
      groups::parse_group(invocation.body, false), Millis{invocation.arguments.integer("timestamp")});
  return Response::empty_data(group.last_modified);
}

Response remove_groups(Invocation& invocation) {
  const auto ids = group_ids(parse_body_ids(invocation.body));
  const Millis stamp =
      groups::delete_groups(invocation.work, ids, Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(Json::array(), stamp);
}

Response updated_groups(Invocation& invocation) {
  const auto found =
      groups::list_group_updates(invocation.work, Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(write_updates(found, groups::group_fields(), invocation.format),
                             found.timestamp);
}

constexpr Parameter kGroupColumns[] = {{"columns", Type::List, true}};

constexpr Action kGroupActions[] = {
    {"all", kGet | kPut, all_groups, 0, kGroupColumns},
    {"delete", kPut, remove_groups, kBody, kTimestamp},
    {"get", kGet, get_group, 0, kId},
    {"list", kPut, list_groups, kBody},
    {"new", kPut, create_group, kBody},
    {"search", kPut, search_groups, kBody},
    {"update", kPut, update_group, kBody, kIdAndTimestamp},
    {"updates", kGet, updated_groups, 0, kTimestamp},
};

}  // namespace

const ApiModule kGroupModule{"group", kGroupActions};

}  // namespace gw::ajax
