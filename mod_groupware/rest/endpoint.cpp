#include "rest/endpoint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "model/administration/repeated_requests.hpp"
#include "provisioning/call.hpp"
#include "provisioning/fault.hpp"
#include "rest/openapi.hpp"
#include "rest/routes.hpp"
#include "session/basic_credentials.hpp"
#include "sql/error.hpp"

namespace gw::rest {
namespace {

using provisioning::Fault;
using provisioning::FaultKind;
using provisioning::HttpAnswer;
using provisioning::HttpRequest;
using provisioning::Login;
using provisioning::Parameter;
using provisioning::Provisioning;

constexpr std::size_t kTagLength = 32;
constexpr std::size_t kMaxKey = 255;
constexpr int kHttpConflict = 409, kHttpUnprocessable = 422;

HttpAnswer json(int status, std::string body) {
  return {status, "application/json; charset=UTF-8", std::move(body), {}};
}

HttpAnswer error(int status, std::string_view code, std::string_view text, std::string_view object = {}) {
  Json inner = Json::object();
  inner.set("code", Json::string(code));
  inner.set("message", Json::string(text));
  if (!object.empty()) inner.set("object", Json::string(object));
  HttpAnswer made = json(status, Json::object().set("error", std::move(inner)).dump());
  if (status == 401)
    made.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Provisioning\", charset=\"UTF-8\"");
  if (status == 429) made.headers.emplace_back("Retry-After", "60");
  if (status == 503) made.headers.emplace_back("Retry-After", "5");
  return made;
}

HttpAnswer from_fault(const Fault& fault) {
  const auto& row = provisioning::fault_row(fault.kind());
  return error(row.status, row.word, fault.what(), fault.object());
}

std::string tag_of(const std::string& body) { return '"' + to_hex(sha256(body)).substr(0, kTagLength) + '"'; }

bool has_tag(std::string_view header, std::string_view tag) {
  for (std::string_view each : split(header, ',')) {
    if (each.starts_with("W/")) each.remove_prefix(2);
    if (each == tag || each == "*") return true;
  }
  return false;
}

/// Lists of operations that know no pages are cut here.
Json cut_page(const BoundCall& bound, const Json& result) {
  const auto all = bound.operation->signature.all();
  const bool knows_pages =
      std::any_of(all.begin(), all.end(), [](const Parameter& each) { return each.member.name == "offset"; });
  const auto offset = provisioning::number_member(bound.arguments, "offset");
  const auto length = provisioning::number_member(bound.arguments, "length");
  if (knows_pages || !result.is_array() || (!offset && !length)) return result;
  if (offset.value_or(0) < 0 || length.value_or(0) < 0)
    throw Fault(FaultKind::InvalidData, "offset and limit are not below 0", "offset");
  Json page = Json::array();
  const auto first = static_cast<std::size_t>(offset.value_or(0));
  const auto most = static_cast<std::size_t>(length.value_or(kUsualPage));
  for (std::size_t i = first; i < result.size() && page.size() < most; ++i) page.append(result.at(i));
  return page;
}

HttpAnswer run(Provisioning& provisioning, const RouteMatch& match, const HttpRequest& request,
               const Login& login, const BoundCall& bound) {
  const Json result = cut_page(bound, provisioning.perform(*bound.operation, login, bound.arguments));
  if (!bound.operation->signature.has_result)
    return {success_status(*match.route, *bound.operation), {}, {}, {}};
  HttpAnswer made =
      json(success_status(*match.route, *bound.operation), result.is_missing() ? "null" : result.dump());
  if (match.route->method != "GET") return made;
  const std::string tag = tag_of(made.body);
  if (!request.if_none_match.empty() && has_tag(request.if_none_match, tag)) made = {304, {}, {}, {}};
  made.headers.emplace_back("ETag", tag);
  return made;
}

/// Whether the object still is as the client saw it. What somebody else changes between this look and the
/// change itself is not seen.
bool is_unchanged(Provisioning& provisioning, const HttpRequest& request, const Login& login) {
  bool knows_path = false;
  const RouteMatch look = find_route("GET", request.path, knows_path);
  if (look.route == nullptr) return true;
  const BoundCall bound = bind_call(look, {}, {});
  const Json now = provisioning.perform(*bound.operation, login, bound.arguments);
  return has_tag(request.if_match, tag_of(now.is_missing() ? "null" : now.dump()));
}

HttpAnswer answer_again(const model::administration::KeptAnswer& kept) {
  if (!kept.is_same_request)
    return error(kHttpUnprocessable, "other_request", "This idempotency key belongs to another request");
  if (kept.status == 0) return error(kHttpConflict, "in_progress", "This request is being worked on");
  HttpAnswer made = kept.body.empty() ? HttpAnswer{kept.status, {}, {}, {}} : json(kept.status, kept.body);
  made.headers.emplace_back("Idempotent-Replayed", "true");
  return made;
}

/// Done at most once for its key; a refusal that waiting or mending may cure is forgotten.
HttpAnswer run_once(Provisioning& provisioning, const RouteMatch& match, const HttpRequest& request,
                    const Login& login, const BoundCall& bound) {
  if (request.idempotency_key.size() > kMaxKey)
    throw Fault(FaultKind::InvalidData, "An idempotency key has at most 255 bytes");
  provisioning.check(*bound.operation, login, bound.arguments);
  const auto digest = [](std::string_view a, std::string_view b, std::string_view c) {
    return to_hex(sha256(fmt::format("{}:{}{}:{}{}", a.size(), a, b.size(), b, c)));
  };
  const model::administration::RepeatedRequest repeated{
      digest(login.name, request.path, request.idempotency_key),
      digest(request.path, request.query, request.body)};
  sql::Scope database(provisioning.environment().pool);
  const Millis now = provisioning.environment().clock.now();
  if (const auto kept = model::administration::begin_request(database, repeated, now))
    return answer_again(*kept);
  database.release();
  try {
    HttpAnswer made = run(provisioning, match, request, login, bound);
    model::administration::keep_answer(database, repeated, made.status, made.body);
    return made;
  } catch (const Fault&) {
    model::administration::forget_request(database, repeated);
    throw;
  }
}

/// An object, or missing.
Json read_body(const Route& route, const std::string& body) {
  if (body.empty()) return {};
  if (!route.text.empty()) {
    if (!is_valid_utf8(body)) throw Fault(FaultKind::InvalidData, "The body is not UTF-8");
    return Json::object().set(std::string(route.text), Json::string(body));
  }
  std::string why;
  auto parsed = Json::parse(body, &why);
  if (!parsed || !parsed->is_object())
    throw Fault(FaultKind::InvalidData, "The body is no JSON object" + (why.empty() ? why : ": " + why));
  return std::move(*parsed);
}

HttpAnswer serve(Provisioning& provisioning, const RouteMatch& match, const HttpRequest& request) {
  const auto given = session::read_basic(request.authorization);
  if (!given) throw Fault(FaultKind::InvalidCredentials, "Login and password are needed (Basic)");
  const Login login{given->name, given->password, request.address, request.user_agent};
  const BoundCall bound = bind_call(match, request.query, read_body(*match.route, request.body));
  if (!request.if_match.empty() && match.route->method != "GET" && match.route->method != "POST" &&
      !is_unchanged(provisioning, request, login))
    return error(412, "changed", "It was changed meanwhile: read it again");
  if (match.route->method == "POST" && !request.idempotency_key.empty())
    return run_once(provisioning, match, request, login, bound);
  return run(provisioning, match, request, login, bound);
}

}  // namespace

HttpAnswer answer(Provisioning& provisioning, const HttpRequest& request) try {
  if (request.path == "openapi.json" && request.method == "GET") return json(200, write_openapi().dump());
  bool knows_path = false;
  const RouteMatch match = find_route(request.method, request.path, knows_path);
  if (match.route != nullptr) return serve(provisioning, match, request);
  if (!knows_path) return error(404, "no_such_path", "There is nothing at this path");
  HttpAnswer refusal = error(405, "no_such_method", "This path does not take this method");
  refusal.headers.emplace_back("Allow", methods_of(request.path));
  return refusal;
} catch (const Fault& fault) {
  return from_fault(fault);
} catch (const sql::SqlError&) {
  return from_fault(Fault(FaultKind::Storage, "The database failed"));
} catch (const Unavailable&) {
  return from_fault(Fault(FaultKind::Storage, "The database is not reachable"));
}

}  // namespace gw::rest
