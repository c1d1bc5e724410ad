#include "apache/handler.hpp"

#include <httpd.h>

#include <apr_strings.h>
#include <http_config.h>
#include <http_protocol.h>
#include <http_request.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "ajax/dispatch.hpp"
#include "ajax/push/events.hpp"
#include "apache/body.hpp"
#include "apache/counters.hpp"
#include "apache/event_answer.hpp"
#include "apache/output.hpp"
#include "apache/parked_request.hpp"
#include "apache/process_context.hpp"
#include "apache/process_memory.hpp"
#include "apache/request_adapter.hpp"
#include "apache/request_count.hpp"
#include "apache/server_log.hpp"
#include "apache/trusted_user.hpp"
#include "boundary/exports.h"
#include "boundary/guards.hpp"
#include "core/metric.hpp"

namespace gw::apache {
namespace {

/// The path below the API's root; nullptr when the request is not ours.
const char* api_path(const request_rec* request) {
  return static_cast<const char*>(ap_get_module_config(request->request_config, &groupware_module));
}

int recognize(request_rec* request) {
  if (const char* path = find_api_path(request))
    ap_set_module_config(request->request_config, &groupware_module, const_cast<char*>(path));
  return DECLINED;
}

/// The file name has no extension and no folder, so that no other module reads anything into it.
int claim(request_rec* request) {
  if (api_path(request) == nullptr) return DECLINED;
  request->filename = apr_pstrdup(request->pool, "groupware:api");
  request->handler = kHandlerName;
  return OK;
}

/// OPTIONS, and methods that the API does not take: both answers name those that it takes.
int answer_with_methods(request_rec* request) {
  ajax::Answer answer;
  if (request->method_number != M_OPTIONS)
    answer = make_page(HTTP_METHOD_NOT_ALLOWED, "The API does not take this method.");
  answer.headers.emplace_back("Allow", "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS");
  return write_answer(request, std::move(answer));
}

/// Reads the body as far as it is wanted. Gives OK to go on with the dispatcher.
int take_body(request_rec* request, BodyKind kind, ajax::Request& made, ajax::UploadSpool& spool,
              ProcessContext& process) {
  made.is_multipart = kind == BodyKind::Multipart;  // decides on the form of an error answer too
  const std::int64_t limit = admit_body(request, kind, made, process.runtime());
  if (limit == kNotAdmitted) {
    give_up_body(request);
    return OK;
  }
  const int result = read_body(request, kind, limit, made, spool);
  own_counters().uploads.fetch_add(made.uploads.size(), std::memory_order_relaxed);
  return result;
}

/// Streams of events are no requests that take long: they are counted where they live.
void observe_outcome(const request_rec* request, const ajax::Answer& answer) {
  if (answer.events) return;
  const ajax::Outcome& outcome = answer.outcome;
  observe(Metric::HttpRequests, {outcome.module, outcome.action, outcome.status},
          std::chrono::microseconds(apr_time_now() - request->request_time));
}

/// The action reads the body itself: nothing of it is held, and nothing is read before the action wants it.
int answer_with_streamed_body(request_rec* request, ajax::Request& made, ProcessContext& process) {
  StreamedBody body(request);
  made.body_length = announced_length(request);
  made.read_body = [&body](const ajax::BodySink& sink) { body.read(sink); };
  ajax::Answer answer = ajax::dispatch(made, process.runtime());
  observe_outcome(request, answer);
  if (body.result() != OK) return body.result();
  if (body.is_left_over()) give_up_body(request);
  return write_answer(request, std::move(answer));
}

int answer_api(request_rec* request, const char* path, ajax::Method method, ProcessContext& process) {
  const CurrentRequest current(request);
  if (!process.gate().wait_until_open()) {
    if (body_kind(request, method) != BodyKind::None) give_up_body(request);
    return write_answer(
        request, make_page(HTTP_SERVICE_UNAVAILABLE, "The service is starting or its database is down."));
  }
  ajax::Request made = make_request(request, path, method);
  made.may_suspend = may_suspend(request);
  made.mail_token = read_mail_token(request, process.settings().mail);
  made.trusted = read_trusted_user(request);
  const BodyKind kind = body_kind(request, method);
  if (is_read_by_action(kind, made)) return answer_with_streamed_body(request, made, process);
  const LimitSettings& limits = process.settings().limits;
  ajax::UploadSpool spool(process.settings().upload_folder, {limits.upload, limits.body}, made);
  try {
    const int result = kind == BodyKind::None ? OK : take_body(request, kind, made, spool, process);
    if (result != OK) return result;
  } catch (const ApiError& error) {
    give_up_body(request);
    made.refused = error;
  } catch (const HttpError& error) {
    give_up_body(request);
    return write_answer(request, make_page(error.status(), error.what()));
  } catch (const Unavailable& error) {
    give_up_body(request);
    return write_answer(request, make_page(HTTP_SERVICE_UNAVAILABLE, error.what()));
  }
  ajax::Answer answer = ajax::dispatch(made, process.runtime());
  observe_outcome(request, answer);
  if (answer.events) return answer_with_events(request, std::move(answer), *process.events());
  if (made.path == ajax::kEventsModule.path && answer.status >= 400)
    own_counters().event_denied.fetch_add(1, std::memory_order_relaxed);
  return write_answer(request, std::move(answer));
}

int run_handler(request_rec* request) {
  const char* path = api_path(request);
  // A section inside ours may have chosen another handler.
  if (path == nullptr || request->handler == nullptr || std::strcmp(request->handler, kHandlerName) != 0)
    return DECLINED;
  RequestCount count(request);
  const auto method = to_method(request);
  if (!method) return count.ended(answer_with_methods(request));
  ProcessContext* process = ProcessContext::current();
  if (process == nullptr)
    return count.ended(
        write_answer(request, make_page(HTTP_SERVICE_UNAVAILABLE, "The service is not configured.")));
  const int result = count.ended(answer_api(request, path, *method, *process));
  give_back_memory(std::max<std::int64_t>(announced_length(request), 0) + request->bytes_sent);
  return result;
}

extern "C" {

int recognize_url(request_rec* request) noexcept {
  return boundary::guard_request(request, "translate_name", [request] { return recognize(request); });
}

int translate_name(request_rec* request) noexcept {
  return boundary::guard_request(request, "translate_name", [request] { return claim(request); });
}

/// Claims again what an Alias for / has mapped to a file.
int map_to_storage(request_rec* request) noexcept {
  return boundary::guard_request(request, "map_to_storage", [request] { return claim(request); });
}

int handle(request_rec* request) noexcept {
  return boundary::guard_request(request, "handler", [request] { return run_handler(request); });
}

}  // extern "C"

}  // namespace

void register_request_hooks() {
  // Recognized before mod_alias may answer with a file, but after rewriting; claimed after Redirect, which
  // administrators put in front of everything, and before the core's look-ups on disk.
  static const char* const kRewriting[] = {"mod_rewrite.c", "mod_proxy.c", nullptr};
  static const char* const kAliases[] = {"mod_alias.c", nullptr};
  ap_hook_translate_name(recognize_url, kRewriting, nullptr, APR_HOOK_FIRST);
  ap_hook_translate_name(translate_name, kAliases, nullptr, APR_HOOK_MIDDLE);
  ap_hook_map_to_storage(map_to_storage, kRewriting, nullptr, APR_HOOK_MIDDLE);
  ap_hook_handler(handle, nullptr, nullptr, APR_HOOK_MIDDLE);
}

}  // namespace gw::apache
