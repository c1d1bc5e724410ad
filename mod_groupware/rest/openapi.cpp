#include "rest/openapi.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "rest/routes.hpp"

namespace gw::rest {
namespace {

using provisioning::DataType;
using provisioning::Member;
using provisioning::Operation;
using provisioning::Parameter;
using provisioning::ValueKind;

Json typed(const char* type, const char* format = nullptr) {
  Json schema = Json::object().set("type", Json::string(type));
  if (format != nullptr) schema.set("format", Json::string(format));
  return schema;
}

Json single_schema(const Member& member) {
  switch (member.kind) {
    case ValueKind::String:
      return typed("string");
    case ValueKind::Int:
      return typed("integer", "int32");
    case ValueKind::Long:
      return typed("integer", "int64");
    case ValueKind::Boolean:
      return typed("boolean");
    case ValueKind::Date:
      return typed("string", "date");
    case ValueKind::Map:
    case ValueKind::MapMap:
      return typed("object");
    case ValueKind::Struct:
      break;
  }
  return Json::object().set("$ref", Json::string(fmt::format("#/components/schemas/{}", member.type)));
}

Json schema_of(const Member& member) {
  if (!member.is_list) return single_schema(member);
  return typed("array").set("items", single_schema(member));
}

Json json_content(Json schema) {
  return Json::object().set("application/json", Json::object().set("schema", std::move(schema)));
}

Json parameter(const std::string& name, const char* place) {
  Json out = Json::object();
  out.set("name", Json::string(name));
  out.set("in", Json::string(place));
  out.set("required", Json::boolean(std::string_view(place) == "path"));
  out.set("schema", typed("string"));
  return out;
}

Json parameters_of(const Route& route, const Operation& operation) {
  Json list = Json::array();
  for (const std::string_view part : split(route.pattern, '/'))
    if (part.starts_with('{')) list.append(parameter(std::string(part.substr(1, part.size() - 2)), "path"));
  if (route.method != "GET" && route.method != "DELETE" && route.text.empty()) return list;
  for (const Parameter& each : operation.signature.all()) {
    const std::string_view name = each.member.name;
    if (each.member.kind == ValueKind::Struct || name == route.named || name == route.text) continue;
    const bool is_search = name == "pattern" || name == "search_pattern";
    list.append(parameter(is_search ? "search" : std::string(name), "query"));
  }
  if (operation.signature.result.is_list)
    list.append(parameter("offset", "query")).append(parameter("limit", "query"));
  return list;
}

/// The argument that the body becomes, or the arguments that its members are.
Json body_of(const Route& route, const Operation& operation) {
  if (!route.text.empty())
    return Json::object().set("text/csv", Json::object().set("schema", typed("string")));
  Json members = Json::object();
  for (const Parameter& each : operation.signature.all()) {
    if (provisioning::is_credentials(each.member) || each.member.name == "ctx") continue;
    if (each.member.name == route.object) return json_content(schema_of(each.member));
    if (each.member.kind != ValueKind::Struct)
      members.set(std::string(each.member.name), schema_of(each.member));
  }
  if (route.object == "ctx")
    return json_content(Json::object().set("$ref", Json::string("#/components/schemas/Context")));
  return json_content(typed("object").set("properties", std::move(members)));
}

Json responses_of(const Route& route, const Operation& operation) {
  Json done = Json::object().set("description", Json::string("Done"));
  if (operation.signature.has_result)
    done.set("content", json_content(schema_of(operation.signature.result)));
  Json failed = Json::object().set("description", Json::string("Refused"));
  failed.set("content", json_content(Json::object().set("$ref", Json::string("#/components/schemas/Error"))));
  return Json::object()
      .set(std::to_string(success_status(route, operation)), std::move(done))
      .set("default", std::move(failed));
}

Json path_item(const Route& route) {
  const Operation& operation = *provisioning::find_operation(route.service, route.operation);
  Json item = Json::object();
  item.set("operationId",
           Json::string(fmt::format("{}_{}", route.service.substr(route.service.starts_with("OX") ? 2 : 0),
                                    route.operation)));
  item.set("parameters", parameters_of(route, operation));
  if (route.method == "PUT" || route.method == "POST")
    item.set("requestBody", Json::object().set("content", body_of(route, operation)));
  item.set("responses", responses_of(route, operation));
  return item;
}

Json schemas() {
  Json all = Json::object();
  for (const DataType& type : provisioning::data_types()) {
    Json members = Json::object();
    for (const Member& member : type.members) members.set(std::string(member.name), schema_of(member));
    all.set(std::string(type.name), typed("object").set("properties", std::move(members)));
  }
  Json error = Json::object();
  for (const char* name : {"code", "message", "object"}) error.set(name, typed("string"));
  all.set("Error", typed("object").set(
                       "properties", Json::object().set("error", typed("object").set("properties", error))));
  return all;
}

}  // namespace

Json write_openapi() {
  Json paths = Json::object();
  for (const Route& route : routes()) {
    const std::string path = fmt::format("/{}", route.pattern);
    Json item = paths.get(path.c_str());
    if (item.is_missing()) {
      item = Json::object();
      paths.set(path, item);
    }
    item.set(to_lower_ascii(route.method), path_item(route));
  }
  Json basic = typed("http").set("scheme", Json::string("basic"));
  Json components = Json::object();
  components.set("schemas", schemas());
  components.set("securitySchemes", Json::object().set("basic", std::move(basic)));
  Json document = Json::object();
  document.set("openapi", Json::string("3.0.3"));
  document.set("info",
               Json::object().set("title", Json::string("Provisioning")).set("version", Json::string("1")));
  document.set("servers", Json::array().append(Json::object().set("url", Json::string("/admin/v1"))));
  document.set("security", Json::array().append(Json::object().set("basic", Json::array())));
  document.set("paths", std::move(paths));
  document.set("components", std::move(components));
  return document;
}

}  // namespace gw::rest
