#include "ajax/call.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ajax/envelope.hpp"
#include "ajax/factors/second_factor.hpp"
#include "ajax/login/guest_access.hpp"
#include "ajax/registry.hpp"
#include "core/errors/account.hpp"
#include "core/errors/servlet.hpp"
#include "core/log.hpp"
#include "push/topics.hpp"

namespace gw::ajax {
namespace {

void check_parameters(const Target& target, const Request& request) {
  for (const Parameter& parameter : target.action->parameters) {
    if (!parameter.required) continue;
    const auto value = request.parameter(parameter.name);
    if (value && !value->empty()) continue;
    if (target.module->is_login) throw ApiError(errors::svl::kMissing, {std::string(parameter.name)});
    throw HttpError(400, fmt::format("Missing the following request parameter: {}", parameter.name));
  }
}

Json parse_text(std::string_view text) {
  std::string why;
  auto parsed = Json::parse(text, &why);
  if (!parsed) throw ApiError(errors::svl::kBodyNotJson, {why});
  return std::move(*parsed);
}

Json parse_body(const Action& action, const Request& request) {
  if (request.is_multipart) {
    const auto part = request.form.find("json");
    return part ? parse_text(*part) : Json();
  }
  if (!(action.needs & kBody)) return {};
  if (request.body.empty()) throw ApiError(errors::svl::kBodyMissing);
  return parse_text(request.body);
}

model::WireFormat wire_format(const Request& request, const model::Caller& caller) {
  const auto name = request.parameter("timezone");
  if (!name || name->empty()) return {caller.timezone};
  const auto zone = TimeZone::find(*name);
  if (!zone) throw ApiError(errors::svl::kBadParameter, {"timezone", std::string(*name)});
  return {*zone};
}

/// The one place where answers get their timestamps: a list whose objects are all older than the kept history
/// is known up to its begin.
Response with_kept_timestamp(Response&& response, const model::Caller& caller) {
  if (response.timestamp) response.timestamp = std::max(*response.timestamp, caller.horizon);
  return std::move(response);
}

}  // namespace

Target resolve(const Request& request) {
  Target target;
  target.module = find_module(request.path);
  if (target.module == nullptr) throw ApiError(errors::svl::kUnknownModule, {request.path});
  const auto named = request.parameter("action");
  if (target.module->is_login && (!named || named->empty()) && request.path == target.module->path)
    throw ApiError(errors::svl::kMissing, {"action"});
  target.action_name =
      named && !named->empty() ? std::string(*named) : std::string(method_name(request.method));
  target.action = find_action(*target.module, target.action_name, request.method);
  if (target.action != nullptr) return target;
  if (target.module->is_login) throw ApiError(errors::svl::kUnknownLoginAction, {target.action_name});
  if (target.module->unknown_action != nullptr)
    throw ApiError(*target.module->unknown_action, {target.action_name});
  throw ApiError(errors::svl::kUnknownAction, {target.action_name, std::string(target.module->path)});
}

Response call_action(const Target& target, const Request& request, const CallContext& context, Json body) {
  const Action& action = *target.action;
  check_guest_access(context.work.caller(), target.module->path, action.name);
  check_second_factor(context.session, target.module->path, action.name);
  check_parameters(target, request);
  if (action.module && !context.work.caller().modules.has(*action.module))
    throw ApiError(errors::svl::kNoPermission, {std::string(target.module->path)});
  if (request.refused) throw ApiError(*request.refused);
  // Too long for an event record: nobody listens under such a name.
  const std::string_view token = request.parameter("pushToken").value_or("");
  context.work.set_source_token(push::is_connection_id(token) ? std::string(token) : std::string());
  const Arguments arguments(request, action.parameters);
  Invocation invocation{request,
                        context.runtime,
                        context.work,
                        context.session,
                        arguments,
                        body.is_missing() ? parse_body(action, request) : std::move(body),
                        wire_format(request, context.work.caller()),
                        target.action_name};
  return with_kept_timestamp(action.run(invocation), context.work.caller());
}

ApiError api_error_of_current_exception(std::string_view error_id) try { throw; } catch (const HttpError&) {
  throw;
} catch (const Unavailable&) {
  throw;
} catch (const std::bad_alloc&) {
  throw;
} catch (const ApiError& error) {
  // Texts of session errors name the session, whose id may not stand in a log.
  const bool names_session = error.code().prefix == "SES";
  log(LogLevel::Info, "GW0001",
      fmt::format("error {}: {}", error_id, names_session ? format_code(error.code()) : error.what()));
  return error;
} catch (const sql::SqlError& error) {
  if (error.kind() == sql::ErrorKind::UnknownOutcome) {
    log(LogLevel::Error, "GW0002",
        fmt::format("error {}: outcome of a commit is unknown: {}", error_id, error.what()));
    return ApiError(errors::ctx::kOutcomeUnknown);
  }
  if (error.kind() == sql::ErrorKind::Conflict || error.kind() == sql::ErrorKind::Unavailable) {
    log(LogLevel::Warning, "GW0003", fmt::format("error {}: {}", error_id, error.what()));
    throw Unavailable(error.what(), 2);
  }
  log(LogLevel::Error, "GW0004",
      fmt::format("error {}: database error {}: {}", error_id, error.native(), error.what()));
  return ApiError(errors::ctx::kStatement, {std::string(error_id)});
} catch (const std::exception& error) {
  log(LogLevel::Error, "GW0005", fmt::format("error {}: {}", error_id, error.what()));
  return ApiError(errors::svl::kUnexpected, {std::string(error_id)});
}

Envelope call_to_envelope(const Target& target, const Request& request, const CallContext& context,
                          Json body) {
  const std::string_view locale = context.work.caller().locale;
  const std::string error_id = next_error_id();
  try {
    return make_envelope(call_action(target, request, context, std::move(body)), locale);
  } catch (const HttpError& error) {
    return {make_error_envelope(ApiError(errors::svl::kBadRequest, {error.what()}), locale, error_id), {}};
  } catch (const Unavailable&) {
    throw;
  } catch (const std::exception&) {
    return {make_error_envelope(api_error_of_current_exception(error_id), locale, error_id), {}};
  }
}

}  // namespace gw::ajax
