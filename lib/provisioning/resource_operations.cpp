// OXResourceService: resources of a context.
#include <fmt/format.h>

#include "core/text.hpp"
#include "model/resources/resource_service.hpp"
#include "provisioning/call.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"

namespace gw::provisioning {
namespace {

namespace resources = model::resources;

constexpr Millis kWhateverState{INT64_MAX};

ResourceId resource_id(Call& call, const Json& named) {
  if (!named.is_object()) throw Fault(FaultKind::InvalidData, "No resource was named", "res");
  if (const auto id = number_member(named, "id"))
    return ResourceId(resources::load_resource(call.work(), ResourceId(*id)).id);
  const std::string name = text_member(named, "name").value_or("");
  if (name.empty()) throw Fault(FaultKind::InvalidData, "A resource needs id or name", "res");
  for (const resources::Resource& resource : resources::list_resources(call.work()))
    if (resource.name && equal_ignoring_ascii_case(*resource.name, name)) return ResourceId(resource.id);
  throw Fault(FaultKind::NoSuchResource, fmt::format("The resource {} does not exist", name));
}

Json write_resource(const resources::Resource& resource) {
  Json out = Json::object();
  out.set("id", Json::integer(resource.id));
  out.set("name", Json::string(resource.name.value_or("")));
  out.set("displayname", Json::string(resource.display_name.value_or("")));
  out.set("email", Json::string(resource.mail.value_or("")));
  if (resource.description) out.set("description", Json::string(*resource.description));
  out.set("available", Json::boolean(resource.available));
  return out;
}

/// In the names of the web API, whose rules hold.
Json resource_values(const Json& data, bool with_name) {
  constexpr struct {
    const char* wire;
    const char* api;
  } kNames[] = {{"displayname", "display_name"},
                {"email", "mailaddress"},
                {"description", "description"},
                {"available", "availability"}};
  Json values = Json::object();
  if (const Json name = data.get("name"); with_name && !name.is_missing()) values.set("name", name);
  for (const auto& row : kNames)
    if (const Json value = data.get(row.wire); !value.is_missing()) values.set(row.api, value);
  return values;
}

Json create_resource(Call& call) {
  const Json data = call.needed_object("res");
  return write_resource(
      resources::create_resource(call.work(), resources::parse_resource(resource_values(data, true), true)));
}

Json change_resource(Call& call) {
  const Json data = call.needed_object("res");
  const ResourceId id = resource_id(call, data);
  const bool is_named_by_id = number_member(data, "id").has_value();
  resources::update_resource(call.work(), id,
                             resources::parse_resource(resource_values(data, is_named_by_id), false),
                             kWhateverState);
  return {};
}

Json delete_resource(Call& call) {
  const ResourceId ids[] = {resource_id(call, call.needed_object("res"))};
  resources::delete_resources(call.work(), ids, kWhateverState);
  return {};
}

Json get_resource(Call& call) {
  return write_resource(resources::load_resource(call.work(), resource_id(call, call.needed_object("res"))));
}

Json get_resources(Call& call) {
  const Json named = call.argument("resources");
  Json list = Json::array();
  for (std::size_t i = 0; i < named.size(); ++i)
    list.append(write_resource(resources::load_resource(call.work(), resource_id(call, named.at(i)))));
  return list;
}

Json list_those_resources(Call& call, std::string_view pattern) {
  Json list = Json::array();
  for (const resources::Resource& resource : resources::list_resources(call.work()))
    if (fits_pattern(resource.name.value_or(""), pattern) ||
        fits_pattern(resource.display_name.value_or(""), pattern))
      list.append(write_resource(resource));
  return list;
}

Json list_resources(Call& call) {
  return list_those_resources(call, text_member(call.argument_object(), "pattern").value_or("*"));
}
Json list_all_resources(Call& call) { return list_those_resources(call, "*"); }

constexpr Operation kResourceOperations[] = {
    {"create", Who::ContextAdmin, kChanges, parse_signature("ctx:Context res:Resource auth >Resource"),
     create_resource},
    {"change", Who::ContextAdmin, kChanges, parse_signature("ctx:Context res:Resource auth"),
     change_resource},
    {"delete", Who::ContextAdmin, kChanges, parse_signature("ctx:Context res:Resource auth"),
     delete_resource},
    {"getData", Who::ContextAdmin, kReads, parse_signature("ctx:Context res:Resource auth >Resource"),
     get_resource},
    {"getMultipleData", Who::ContextAdmin, kReads,
     parse_signature("ctx:Context resources:Resource* auth >Resource*"), get_resources},
    {"list", Who::ContextAdmin, kReads, parse_signature("ctx:Context pattern auth >Resource*"),
     list_resources},
    {"listAll", Who::ContextAdmin, kReads, parse_signature("ctx:Context auth >Resource*"),
     list_all_resources},
};

}  // namespace

std::span<const Operation> resource_operations() { return kResourceOperations; }

}  // namespace gw::provisioning
