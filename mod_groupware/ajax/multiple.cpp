#include "ajax/multiple.hpp"

#include "ajax/call.hpp"
#include "ajax/envelope.hpp"
#include "ajax/registry.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

/// A member of an element as the text of a URL parameter.
std::string parameter_text(const Json& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_boolean()) return value.is_true() ? "true" : "false";
  if (value.is_null()) return {};
  return value.dump();
}

Method method_of(const Json& element, const ApiModule& module, std::string_view action) {
  if (!element.get("data").is_missing()) return Method::Put;
  for (const Action& candidate : module.actions)
    if (candidate.name == action && (candidate.methods & kGet)) return Method::Get;
  return action == "PUT" || action == "POST" ? Method::Put : Method::Get;
}

Request element_request(const Request& outer, const Json& element) {
  Request request;
  request.remote_address = outer.remote_address;
  request.is_secure = outer.is_secure;
  request.host = outer.host;
  request.user_agent = outer.user_agent;
  request.accept_language = outer.accept_language;
  request.cookies = outer.cookies;
  request.mail_token = outer.mail_token;
  request.path = std::string(element.get("module").as_string());
  element.for_each_member([&](std::string_view name, const Json& value) {
    if (name != "module" && name != "data" && name != "session")
      request.query.add(std::string(name), parameter_text(value));
  });
  return request;
}

Envelope run_element(Invocation& invocation, const Json& element) {
  const CallContext context{invocation.runtime, invocation.work, invocation.session};
  Request request = element_request(invocation.request, element);
  const Json data = element.get("data");
  if (!data.is_missing()) request.body = data.is_string() ? std::string(data.as_string()) : data.dump();
  try {
    if (const ApiModule* module = find_module(request.path))
      request.method = method_of(element, *module, request.query.get("action", "GET"));
    const Target target = resolve(request);
    if ((target.action->needs & (kNotInMultiple | kUpload)) || target.module->is_login)
      throw ApiError(errors::svl::kNoHandler);
    return call_to_envelope(target, request, context, data);
  } catch (const ApiError& error) {
    return {make_error_envelope(error, invocation.caller().locale, next_error_id()), {}};
  }
}

constexpr Parameter kParameters[] = {{"continue", Type::Boolean}};

Response multiple(Invocation& invocation) {
  const auto elements = Json::parse(invocation.request.body);
  if (!elements || !elements->is_array()) throw HttpError(400, "The body must be a JSON array.");
  const bool stop = invocation.arguments.has("continue") && !invocation.arguments.boolean("continue");
  return Response::bare_text(run_bundle(invocation, *elements, stop));
}

constexpr Action kMultipleActions[] = {
    {"PUT", kPut | kPost, multiple, kNotInMultiple, kParameters},
};

}  // namespace

const ApiModule kMultipleModule{"multiple", kMultipleActions};

std::string run_bundle(Invocation& invocation, const Json& elements, bool stop_at_error) {
  if (!elements.is_array()) throw HttpError(400, "The body must be a JSON array.");
  const auto limit = static_cast<std::size_t>(invocation.work.settings().limits.multiple);
  if (elements.size() > limit)
    throw ApiError(errors::svl::kBadParameter, {"body", std::to_string(elements.size()) + " elements"});
  for (std::size_t i = 0; i < elements.size(); ++i)
    if (!elements.at(i).get("module").is_string()) throw HttpError(500, "An element has no module.");
  std::string answers = "[";
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const Envelope answer = run_element(invocation, elements.at(i));
    if (i > 0) answers += ',';
    answers += answer.text();
    if (stop_at_error && answer.is_failure()) break;
  }
  return answers += ']';
}

}  // namespace gw::ajax
