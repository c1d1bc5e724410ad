// Module `group`: groups of users. Source: spec contacts-users-groups-resources section 11.
#include "ajax/group.hpp"

#include <algorithm>

#include "ajax/group_body.hpp"
#include "core/errors/servlet.hpp"
#include "model/groups/group_service.hpp"

namespace gw::ajax {
namespace {

namespace groups = model::groups;

std::vector<GroupId> to_ids(const std::vector<std::int64_t>& numbers) {
  return {numbers.begin(), numbers.end()};
}

Response answer_list(Invocation& invocation, const std::vector<groups::Group>& found) {
  Millis newest;
  for (const groups::Group& group : found) newest = std::max(newest, group.last_modified);
  if (found.empty()) newest = model::last_stamp(invocation.work.connection(), invocation.work.context());
  return Response::with_data(write_objects(found, groups::group_fields(), invocation.format), newest);
}

Response all(Invocation& invocation) {
  // The numbers choose nothing (spec columns section 13), but must be numbers.
  model::parse_column_numbers(invocation.arguments.text("columns"));
  return answer_list(invocation, groups::list_groups(invocation.work));
}

Response get(Invocation& invocation) {
  const groups::Group group =
      groups::load_group(invocation.work, GroupId(invocation.arguments.integer("id")));
  return Response::with_data(model::write_object(group, groups::group_fields(), invocation.format),
                             group.last_modified);
}

Response list(Invocation& invocation) {
  const auto ids = to_ids(parse_body_ids(invocation.body));
  return answer_list(invocation, groups::list_groups(invocation.work, ids));
}

Response search(Invocation& invocation) {
  return answer_list(invocation, groups::search_groups(invocation.work, parse_pattern(invocation.body)));
}

Response create(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const groups::Group group =
      groups::create_group(invocation.work, groups::parse_group(invocation.body, true));
  return Response::with_data(Json::object().set("id", Json::integer(group.id)), group.last_modified);
}

Response update(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const groups::Group group = groups::update_group(
      invocation.work, GroupId(invocation.arguments.integer("id")),
      groups::parse_group(invocation.body, false), Millis{invocation.arguments.integer("timestamp")});
  return Response::empty_data(group.last_modified);
}

Response remove(Invocation& invocation) {
  const auto ids = to_ids(parse_body_ids(invocation.body));
  const Millis stamp =
      groups::delete_groups(invocation.work, ids, Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(Json::array(), stamp);
}

Response updates(Invocation& invocation) {
  const auto found =
      groups::list_group_updates(invocation.work, Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(write_updates(found, groups::group_fields(), invocation.format),
                             found.timestamp);
}

constexpr Parameter kColumns[] = {{"columns", Type::List, true}};
constexpr Parameter kId[] = {{"id", Type::Integer, true}};
constexpr Parameter kIdAndTimestamp[] = {{"id", Type::Integer, true}, {"timestamp", Type::Timestamp, true}};
constexpr Parameter kTimestamp[] = {{"timestamp", Type::Timestamp, true}};

constexpr Action kActions[] = {
    {"all", kGet | kPut, all, 0, kColumns},
    {"delete", kPut, remove, kBody, kTimestamp},
    {"get", kGet, get, 0, kId},
    {"list", kPut, list, kBody},
    {"new", kPut, create, kBody},
    {"search", kPut, search, kBody},
    {"update", kPut, update, kBody, kIdAndTimestamp},
    {"updates", kGet, updates, 0, kTimestamp},
};

}  // namespace

const ApiModule kGroupModule{"group", kActions};

}  // namespace gw::ajax
