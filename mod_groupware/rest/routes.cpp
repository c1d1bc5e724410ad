#include "rest/routes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "provisioning/fault.hpp"

namespace gw::rest {
namespace {

using provisioning::Fault;
using provisioning::FaultKind;
using provisioning::Operation;
using provisioning::Parameter;

constexpr std::string_view kContexts = "OXContextService";
constexpr std::string_view kUsers = "OXUserService";
constexpr std::string_view kGroups = "OXGroupService";
constexpr std::string_view kResources = "OXResourceService";
constexpr std::string_view kRegistry = "OXUtilService";
constexpr std::string_view kImport = "UserImportService";
constexpr std::string_view kJobs = "OXTaskMgmtService";
constexpr std::string_view kResellers = "OXResellerService";

constexpr Route kRoutes[] = {
    {"GET", "contexts", kContexts, "list", {}, {}, {}, "offset=listPage"},
    {"POST",
     "contexts",
     kContexts,
     "create",
     {},
     "ctx",
     "admin_user,access,access_combination_name",
     "access_combination_name=createModuleAccessByName,access=createModuleAccess"},
    {"GET", "contexts/{id}", kContexts, "getData", "ctx"},
    {"PUT", "contexts/{id}", kContexts, "change", "ctx", "ctx"},
    {"DELETE", "contexts/{id}", kContexts, "delete", "ctx"},
    {"POST", "contexts/{id}/enable", kContexts, "enable", "ctx"},
    {"POST", "contexts/{id}/disable", kContexts, "disable", "ctx"},
    {"POST", "contexts/{id}/downgrade", kContexts, "downgrade", "ctx"},
    {"POST", "contexts/{id}/filestore", kContexts, "moveContextFilestore", "ctx", "dst_filestore_id"},
    {"GET", "contexts/{id}/jobs", kJobs, "getJobList", "ctx"},
    {"GET", "contexts/{id}/access", kContexts, "getModuleAccess", "ctx"},
    {"PUT", "contexts/{id}/access", kContexts, "changeModuleAccess", "ctx", "access",
     "access_combination_name", "access_combination_name=changeModuleAccessByName"},
    {"GET", "contexts/{id}/capabilities", kContexts, "getContextCapabilities", "ctx"},
    {"PUT", "contexts/{id}/capabilities", kContexts, "changeCapabilities", "ctx"},
    {"GET", "contexts/{id}/quotas", kContexts, "listQuota", "ctx"},
    {"PUT", "contexts/{id}/quotas", kContexts, "changeQuota", "ctx"},
    {"GET", "contexts/{id}/restrictions", kResellers, "getRestrictionsFromContext", "ctx"},
    {"POST", "contexts/{context}/import", kImport, "importUsers", {}, {}, {}, {}, "csv"},
    {"GET", "contexts/{context}/users", kUsers, "list"},
    {"POST",
     "contexts/{context}/users",
     kUsers,
     "create",
     {},
     "usrdata",
     "access,access_combination_name",
     "access_combination_name=createByModuleAccessName,access=createByModuleAccess"},
    {"GET", "contexts/{context}/users/{id}", kUsers, "getData", "user"},
    {"PUT", "contexts/{context}/users/{id}", kUsers, "change", "usrdata", "usrdata"},
    {"DELETE", "contexts/{context}/users/{id}", kUsers, "delete", "user"},
    {"GET", "contexts/{context}/users/{id}/access", kUsers, "getModuleAccess", "user"},
    {"PUT", "contexts/{context}/users/{id}/access", kUsers, "changeByModuleAccess", "user", "moduleAccess",
     "access_combination_name", "access_combination_name=changeByModuleAccessName"},
    {"GET", "contexts/{context}/users/{id}/capabilities", kUsers, "getUserCapabilities", "user"},
    {"PUT", "contexts/{context}/users/{id}/capabilities", kUsers, "changeCapabilities", "user"},
    {"GET", "contexts/{context}/groups", kGroups, "list"},
    {"POST", "contexts/{context}/groups", kGroups, "create", {}, "grp"},
    {"GET", "contexts/{context}/groups/{id}", kGroups, "getData", "grp"},
    {"PUT", "contexts/{context}/groups/{id}", kGroups, "change", "grp", "grp"},
    {"DELETE", "contexts/{context}/groups/{id}", kGroups, "delete", "grp"},
    {"GET", "contexts/{context}/resources", kResources, "list"},
    {"POST", "contexts/{context}/resources", kResources, "create", {}, "res"},
    {"GET", "contexts/{context}/resources/{id}", kResources, "getData", "res"},
    {"PUT", "contexts/{context}/resources/{id}", kResources, "change", "res", "res"},
    {"DELETE", "contexts/{context}/resources/{id}", kResources, "delete", "res"},
    {"GET", "jobs", kJobs, "getJobList"},
    {"DELETE", "jobs", kJobs, "flush"},
    {"GET", "jobs/{id}", kJobs, "getTaskResults", "id"},
    {"DELETE", "jobs/{id}", kJobs, "deleteJob", "id"},
    {"GET", "filestores", kRegistry, "listFilestore"},
    {"POST", "filestores", kRegistry, "registerFilestore", {}, "fstore"},
    {"PUT", "filestores/{id}", kRegistry, "changeFilestore", "fstore", "fstore"},
    {"DELETE", "filestores/{id}", kRegistry, "unregisterFilestore", "store"},
    {"GET", "databases", kRegistry, "listDatabase"},
    {"POST", "databases", kRegistry, "registerDatabase", {}, "db"},
    {"PUT", "databases/{id}", kRegistry, "changeDatabase", "db", "db"},
    {"DELETE", "databases/{id}", kRegistry, "unregisterDatabase", "database"},
    {"GET", "servers", kRegistry, "listServer"},
    {"POST", "servers", kRegistry, "registerServer", {}, "srv"},
    {"DELETE", "servers/{id}", kRegistry, "unregisterServer", "srv"},
    {"GET", "reasons", kRegistry, "listMaintenanceReason"},
    {"POST", "reasons", kRegistry, "createMaintenanceReason", {}, "reason"},
    {"DELETE", "reasons/{id}", kRegistry, "deleteMaintenanceReason", "reasons"},
    {"GET", "resellers", kResellers, "list"},
    {"POST", "resellers", kResellers, "create", {}, "adm"},
    {"GET", "resellers/{id}", kResellers, "getData", "adm"},
    {"PUT", "resellers/{id}", kResellers, "change", "adm", "adm"},
    {"DELETE", "resellers/{id}", kResellers, "delete", "adm"},
    {"GET", "restrictions", kResellers, "getAvailableRestrictions"},
    {"GET", "self", kResellers, "getSelfData"},
    {"PUT", "self", kResellers, "changeSelf", {}, "adm"},
};

bool match_path(std::string_view pattern, std::string_view path, RouteMatch& match) {
  const auto parts = split(pattern, '/');
  const auto given = split(path, '/');
  if (parts.size() != given.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].starts_with('{')) {
      if (parts[i] != given[i]) return false;
      continue;
    }
    if (given[i].empty() || !is_valid_utf8(given[i])) return false;
    (parts[i] == "{context}" ? match.context : match.id) = given[i];
  }
  return true;
}

/// A number is an id, everything else a name.
void set_named(Json& object, const std::string& value) {
  const bool is_number = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (const auto number = is_number ? parse_integer(value) : std::nullopt)
    object.set("id", Json::integer(*number));
  else
    object.set("name", Json::string(value));
}

Json named_object(const std::string& value) {
  Json object = Json::object();
  set_named(object, value);
  return object;
}

struct QueryParameter {
  std::string name, value;
};
std::vector<QueryParameter> parse_query(std::string_view query) {
  constexpr std::size_t kMostParameters = 50;
  std::vector<QueryParameter> parameters;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty() || parameters.size() >= kMostParameters) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = percent_decode(pair.substr(0, equals), true);
    const auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) throw Fault(FaultKind::InvalidData, "The query is not well formed");
    parameters.push_back({*name, *value});
  }
  return parameters;
}

/// Paging and searching have one name each for all lists.
std::string argument_name(const std::string& name, const Operation& operation) {
  const auto has = [&operation](std::string_view wanted) {
    const auto all = operation.signature.all();
    return std::any_of(all.begin(), all.end(),
                       [wanted](const Parameter& parameter) { return parameter.member.name == wanted; });
  };
  if (name == "search") return has("pattern") ? "pattern" : "search_pattern";
  if (name == "limit") return "length";
  return name;
}

std::string_view operation_name(const Route& route, const std::vector<QueryParameter>& query,
                                const Json& body) {
  for (const std::string_view variant : split(route.variants, ',')) {
    const std::size_t equals = variant.find('=');
    if (equals == variant.npos) continue;
    const std::string member(variant.substr(0, equals));
    const bool is_in_query = std::any_of(
        query.begin(), query.end(), [&member](const QueryParameter& each) { return each.name == member; });
    if (is_in_query || !body.get(member.c_str()).is_missing()) return variant.substr(equals + 1);
  }
  return route.operation;
}

void add_body(const Route& route, const Json& body, Json& arguments) {
  Json rest = body.is_missing() ? Json::object() : body.deep_copy();
  for (const std::string_view word : split(route.beside, ',')) {
    const std::string name(word);
    if (name.empty() || rest.get(name.c_str()).is_missing()) continue;
    arguments.set(name, rest.get(name.c_str()));
    rest.remove(name.c_str());
  }
  if (!route.object.empty()) {
    arguments.set(std::string(route.object), std::move(rest));
    return;
  }
  rest.for_each_member(
      [&](std::string_view name, const Json& value) { arguments.set(std::string(name), value); });
}

void add_named(const RouteMatch& match, const Operation& operation, Json& arguments) {
  const std::string name(match.route->named);
  if (name.empty()) return;
  const auto all = operation.signature.all();
  const auto named = std::find_if(all.begin(), all.end(),
                                  [&name](const Parameter& each) { return each.member.name == name; });
  if (named == all.end()) return;
  if (named->member.kind != provisioning::ValueKind::Struct) {
    arguments.set(name, Json::string(match.id));
    return;
  }
  Json object = arguments.get(name.c_str());
  if (object.is_missing()) {
    object = named_object(match.id);
  } else {
    // The path says which object it is, whatever the body says.
    object.remove("id");
    if (parse_integer(match.id))
      set_named(object, match.id);
    else
      object.set("name", Json::string(match.id));
  }
  if (named->member.is_list) object = Json::array().append(object);
  arguments.set(name, std::move(object));
}

void require_lists(const Operation& operation, Json& arguments) {
  for (const Parameter& parameter : operation.signature.all()) {
    const std::string name(parameter.member.name);
    if ((name == "search_pattern" || name == "pattern") && arguments.get(name.c_str()).is_missing())
      arguments.set(name, Json::string("*"));
    if (name == "length" && arguments.get("length").is_missing() && !arguments.get("offset").is_missing())
      arguments.set("length", Json::integer(kUsualPage));
  }
}

}  // namespace

std::span<const Route> routes() { return kRoutes; }

RouteMatch find_route(std::string_view method, std::string_view path, bool& knows_path) {
  knows_path = false;
  for (const Route& route : kRoutes) {
    RouteMatch match;
    if (!match_path(route.pattern, path, match)) continue;
    knows_path = true;
    match.route = &route;
    if (route.method == method) return match;
  }
  return {};
}

int success_status(const Route& route, const Operation& operation) {
  constexpr int kOk = 200, kCreated = 201, kNoContent = 204;
  if (!operation.signature.has_result) return kNoContent;
  return route.method == "POST" && route.text.empty() ? kCreated : kOk;
}

std::string methods_of(std::string_view path) {
  std::vector<std::string> methods;
  for (const Route& route : kRoutes) {
    RouteMatch match;
    if (!match_path(route.pattern, path, match)) continue;
    methods.emplace_back(route.method);
    if (route.method == "GET") methods.emplace_back("HEAD");
  }
  return join(methods, ", ");
}

BoundCall bind_call(const RouteMatch& match, std::string_view query, const Json& body) {
  const auto parameters = parse_query(query);
  BoundCall bound;
  bound.operation =
      provisioning::find_operation(match.route->service, operation_name(*match.route, parameters, body));
  bound.arguments = Json::object();
  for (const QueryParameter& parameter : parameters)
    bound.arguments.set(argument_name(parameter.name, *bound.operation), Json::string(parameter.value));
  add_body(*match.route, body, bound.arguments);
  add_named(match, *bound.operation, bound.arguments);
  if (!match.context.empty()) bound.arguments.set("ctx", named_object(match.context));
  require_lists(*bound.operation, bound.arguments);
  return bound;
}

}  // namespace gw::rest
