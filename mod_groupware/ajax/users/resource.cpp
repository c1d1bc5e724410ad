// Module `resource`: rooms and things that can be booked. Source: spec contacts-users-groups-resources
// section 12.
#include "ajax/users/resource.hpp"

#include <algorithm>

#include "ajax/users/group_body.hpp"
#include "core/errors/servlet.hpp"
#include "model/resources/resource_service.hpp"

namespace gw::ajax {
namespace {

namespace resources = model::resources;

std::vector<ResourceId> resource_ids(const std::vector<std::int64_t>& numbers) {
  return {numbers.begin(), numbers.end()};
}

Millis newest_of(Invocation& invocation, const std::vector<resources::Resource>& found) {
  if (found.empty()) return model::last_stamp(invocation.work.connection(), invocation.work.context());
  Millis newest;
  for (const resources::Resource& resource : found) newest = std::max(newest, resource.last_modified);
  return newest;
}

Response answer_resources(Invocation& invocation, const std::vector<resources::Resource>& found) {
  return Response::with_data(write_objects(found, resources::resource_fields(), invocation.format),
                             newest_of(invocation, found));
}

Response all_resources(Invocation& invocation) {
  const auto found = resources::list_resources(invocation.work);
  Json ids = Json::array();
  for (const resources::Resource& resource : found) ids.append(Json::integer(resource.id));
  return Response::with_data(std::move(ids), newest_of(invocation, found));
}

Response get_resource(Invocation& invocation) {
  const auto resource =
      resources::load_resource(invocation.work, ResourceId(invocation.arguments.integer("id")));
  return Response::with_data(model::write_object(resource, resources::resource_fields(), invocation.format),
                             resource.last_modified);
}

Response list_resources(Invocation& invocation) {
  const auto ids = resource_ids(parse_body_ids(invocation.body));
  return answer_resources(invocation, resources::list_resources(invocation.work, ids));
}

Response search_resources(Invocation& invocation) {
  return answer_resources(invocation,
                          resources::search_resources(invocation.work, parse_pattern(invocation.body)));
}

Response create_resource(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const auto resource =
      resources::create_resource(invocation.work, resources::parse_resource(invocation.body, true));
  return Response::with_data(Json::object().set("id", Json::integer(resource.id)), resource.last_modified);
}

Response update_resource(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const auto resource = resources::update_resource(
      invocation.work, ResourceId(invocation.arguments.integer("id")),
      resources::parse_resource(invocation.body, false), Millis{invocation.arguments.integer("timestamp")});
  return Response::empty_data(resource.last_modified);
}

Response remove_resources(Invocation& invocation) {
  const auto ids = resource_ids(parse_body_ids(invocation.body));
  const Millis stamp =
      resources::delete_resources(invocation.work, ids, Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(Json::array(), stamp);
}

Response updated_resources(Invocation& invocation) {
  const auto found =
      resources::list_resource_updates(invocation.work, Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(write_updates(found, resources::resource_fields(), invocation.format),
                             found.timestamp);
}

constexpr Action kResourceActions[] = {
    {"all", kGet, all_resources},
    {"delete", kPut, remove_resources, kBody, kTimestamp},
    {"get", kGet, get_resource, 0, kId},
    {"list", kPut, list_resources, kBody},
    {"new", kPut, create_resource, kBody},
    {"search", kPut, search_resources, kBody},
    {"update", kPut, update_resource, kBody, kIdAndTimestamp},
    {"updates", kGet, updated_resources, 0, kTimestamp},
};

}  // namespace

const ApiModule kResourceModule{"resource", kResourceActions};

}  // namespace gw::ajax
