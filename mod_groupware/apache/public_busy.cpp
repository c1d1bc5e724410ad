#include "apache/public_busy.hpp"

#include <httpd.h>

#include <apr_strings.h>
#include <http_config.h>

#include <cstring>
#include <string_view>

#include "ajax/chronos/public_busy.hpp"
#include "apache/output.hpp"
#include "apache/process_context.hpp"
#include "apache/request_adapter.hpp"
#include "apache/request_count.hpp"
#include "apache/server_log.hpp"
#include "boundary/guards.hpp"

namespace gw::apache {
namespace {

constexpr const char* kClaimedBusy = "groupware:freebusy";

bool is_claimed(const request_rec* request) {
  return request->filename != nullptr && std::strcmp(request->filename, kClaimedBusy) == 0;
}

int claim_busy(request_rec* request) {
  const ModuleConfig* config = module_config();
  if (config == nullptr || !config->settings.calendar.public_busy.enabled ||
      request->proxyreq != PROXYREQ_NONE || std::string_view(request->uri) != ajax::kPublicBusyPath)
    return DECLINED;
  request->filename = apr_pstrdup(request->pool, kClaimedBusy);
  return OK;
}

ajax::Answer ask_busy(request_rec* request, ProcessContext& process) try {
  if (!process.gate().wait_until_open())
    throw HttpError(HTTP_SERVICE_UNAVAILABLE, "The service is starting or its database is down.");
  return ajax::answer_public_busy(make_request(request, "", ajax::Method::Get), process.runtime());
} catch (const HttpError& error) {
  return make_page(error.status(), error.what());
} catch (const Unavailable& error) {
  return make_page(HTTP_SERVICE_UNAVAILABLE, error.what());
}

int answer_busy(request_rec* request) {
  if (!is_claimed(request)) return DECLINED;
  RequestCount count(request);
  const CurrentRequest current(request);
  ProcessContext* process = ProcessContext::current();
  if (process == nullptr)
    return count.ended(
        write_answer(request, make_page(HTTP_SERVICE_UNAVAILABLE, "The service is not configured.")));
  if (request->method_number != M_GET) {
    ajax::Answer refusal = make_page(HTTP_METHOD_NOT_ALLOWED, "Only GET is answered here.");
    refusal.headers.emplace_back("Allow", "GET, HEAD");
    return count.ended(write_answer(request, std::move(refusal)));
  }
  return count.ended(write_answer(request, ask_busy(request, *process)));
}

extern "C" {

int translate_busy(request_rec* request) noexcept {
  return boundary::guard_request(request, "translate_name", [request] { return claim_busy(request); });
}

int map_busy(request_rec* request) noexcept {
  return boundary::guard_request(request, "map_to_storage",
                                 [request] { return is_claimed(request) ? OK : DECLINED; });
}

int handle_busy(request_rec* request) noexcept {
  return boundary::guard_request(request, "handler", [request] { return answer_busy(request); });
}

}  // extern "C"

}  // namespace

void register_public_busy_hooks() {
  static const char* const kBefore[] = {"mod_rewrite.c", "mod_proxy.c", "mod_alias.c", nullptr};
  ap_hook_translate_name(translate_busy, kBefore, nullptr, APR_HOOK_MIDDLE);
  ap_hook_map_to_storage(map_busy, kBefore, nullptr, APR_HOOK_MIDDLE);
  ap_hook_handler(handle_busy, nullptr, nullptr, APR_HOOK_MIDDLE);
}

}  // namespace gw::apache
