// Which paths below `/admin/v1` stand for which operation. The endpoint and the OpenAPI document read this
// one table. Source: spec provisioning section 10.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/json.hpp"
#include "provisioning/operation.hpp"

namespace gw::rest {

struct Route {
  std::string_view method;
  std::string_view pattern;  ///< `contexts/{context}/users/{id}`
  std::string_view service;
  std::string_view operation;
  /// The argument that `{id}` names, and the one that the body becomes. Without it the members of the body
  /// are arguments themselves, and in any case those of `beside` are.
  std::string_view named{};
  std::string_view object{};
  std::string_view beside{};  ///< comma list
  /// `member=operation,…`: with such a member in the body it is that operation.
  std::string_view variants{};
  /// The argument that the body becomes as it is; it is no JSON then.
  std::string_view text{};
};
std::span<const Route> routes();

struct RouteMatch {
  const Route* route = nullptr;
  std::string context, id;
};
/// Errors: empty `route` when there is none; `knows_path` when the path takes other methods.
RouteMatch find_route(std::string_view method, std::string_view path, bool& knows_path);

/// Of an answer that is no refusal.
int success_status(const Route& route, const provisioning::Operation& operation);

/// Of a list that is asked for from an offset on, without a limit.
inline constexpr std::int64_t kUsualPage = 1'000;

/// Methods that a path takes, for `Allow`.
std::string methods_of(std::string_view path);

/// The operation and its arguments. `body`: an object, or missing. Errors: Fault InvalidData.
struct BoundCall {
  const provisioning::Operation* operation = nullptr;
  Json arguments;
};
BoundCall bind_call(const RouteMatch& match, std::string_view query, const Json& body);

}  // namespace gw::rest
