#include "apache/public_busy.hpp"

#include <httpd.h>

#include <http_config.h>

#include <string_view>

#include "ajax/chronos/public_busy.hpp"
#include "apache/output.hpp"
#include "apache/own_pages.hpp"
#include "apache/process_context.hpp"
#include "apache/request_adapter.hpp"
#include "apache/request_count.hpp"
#include "apache/server_log.hpp"

namespace gw::apache {
namespace {

bool is_busy_page(request_rec* request) {
  const ModuleConfig* config = module_config();
  return config != nullptr && config->settings.calendar.public_busy.enabled &&
         std::string_view(request->uri) == ajax::kPublicBusyPath;
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

int answer_busy(request_rec* request);
constexpr OwnPages kBusyPages{"groupware:freebusy", is_busy_page, answer_busy};

int answer_busy(request_rec* request) {
  if (!is_claimed(request, kBusyPages)) return DECLINED;
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

}  // namespace

void register_public_busy_hooks() { register_own_pages<kBusyPages>(); }

}  // namespace gw::apache
