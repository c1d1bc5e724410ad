// Module `jslob`: per-user JSON documents. Source: spec settings section 3.
#include "ajax/settings/jslob.hpp"

#include "core/errors/servlet.hpp"
#include "model/settings/jslob_presets.hpp"
#include "model/settings/jslob_service.hpp"

namespace gw::ajax {
namespace {

using namespace model::settings;  // NOLINT: this file is the face of that one service

std::string_view service(const Invocation& invocation) {
  return resolve_service(invocation.arguments.text("serviceId"));
}

Response all_jslobs(Invocation& invocation) {
  return Response::with_data(all_documents(invocation.work, service(invocation)));
}

Response list(Invocation& invocation) {
  if (!invocation.body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < invocation.body.size(); ++i) {
    const auto id = invocation.body.at(i).to_text();
    if (!id) throw ApiError(errors::svl::kBodyType, {"an array of strings"});
    ids.push_back(*id);
  }
  return Response::with_data(list_documents(invocation.work, service(invocation), ids));
}

Json optional_body(const Invocation& invocation) {
  if (!invocation.body.is_missing()) return invocation.body;
  if (invocation.request.body.empty()) return {};
  std::string why;
  auto parsed = Json::parse(invocation.request.body, &why);
  if (!parsed) throw ApiError(errors::svl::kBodyNotJson, {why});
  if (!parsed->is_object() && !parsed->is_null()) throw ApiError(errors::svl::kBodyType, {"an object"});
  return std::move(*parsed);
}

std::string document_id(const Invocation& invocation, const Json& body) {
  if (invocation.arguments.has("id")) return std::string(invocation.arguments.text("id"));
  if (const auto id = body.get("id").to_text()) return *id;
  throw ApiError(errors::svl::kMissing, {"id"});
}

/// Clients send the tree alone or a whole document `{id, tree, meta}`.
Json tree_of(const Json& body) {
  return body.get("tree").is_object() && !body.get("id").is_missing() ? body.get("tree") : body;
}

Response set(Invocation& invocation) {
  const Json body = optional_body(invocation);
  set_document(invocation.work, service(invocation), document_id(invocation, body), tree_of(body));
  return Response::empty_data();
}

Response update(Invocation& invocation) {
  const Json body = optional_body(invocation);
  const std::string id = document_id(invocation, body);
  const Json path = body.get("path");
  if (path.is_string() && !body.get("value").is_missing() && body.size() == 2) {
    Json changes = Json::object();
    set_path(changes, path.as_string(), body.get("value"));
    update_document(invocation.work, service(invocation), id, changes);
  } else {
    update_document(invocation.work, service(invocation), id, tree_of(body));
  }
  return Response::empty_data();
}

constexpr Parameter kService[] = {{"serviceId"}};
constexpr Parameter kDocument[] = {{"id"}, {"serviceId"}};

constexpr Action kJslobActions[] = {
    {"all", kGet, all_jslobs, 0, kService},
    {"list", kPut, list, kBody, kService},
    {"set", kPut, set, kSerial, kDocument},
    {"update", kPut, update, kSerial, kDocument},
};

}  // namespace

const ApiModule kJslobModule{"jslob", kJslobActions};

}  // namespace gw::ajax
