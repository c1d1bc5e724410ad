#include "apache/status_page.hpp"

#include <httpd.h>

#include <apr_optional_hooks.h>
#include <fmt/format.h>
#include <http_protocol.h>
#include <mod_status.h>

#include <string>

#include "apache/counters.hpp"
#include "apache/module_config.hpp"
#include "apache/process_context.hpp"
#include "boundary/guards.hpp"

namespace gw::apache {
namespace {

using monitoring::CounterRow, monitoring::kCounterRows;

std::string format_short() {
  std::string text;
  for (const CounterRow& row : kCounterRows)
    text += fmt::format("{}: {}\n", row.key, all_counters().sum(row, is_running));
  return text;
}

std::string format_page() {
  std::string text = "<hr />\n<h2>Groupware</h2>\n<table border=\"0\"><tr><th>Process</th>";
  for (const CounterRow& row : kCounterRows) text += fmt::format("<th>{}</th>", row.title);
  text += "</tr>\n";
  for (const monitoring::Slot& slot : all_counters().slots()) {
    if (slot.pid == 0) continue;
    text += fmt::format("<tr><td>{}</td>", slot.pid.load());
    for (const CounterRow& row : kCounterRows)
      text += fmt::format("<td>{}</td>", (slot.counters.*row.member).load());
    text += "</tr>\n";
  }
  text += "</table>\n";
  return text;
}

extern "C" int show_status(request_rec* request, int flags) noexcept {
  return boundary::guard_request(request, "status page", [=] {
    if (module_config() == nullptr || !is_on(module_config()->status, true)) return DECLINED;
    if (ProcessContext* process = ProcessContext::current()) note_pool_status(process->pool().status());
    const std::string text = (flags & AP_STATUS_SHORT) != 0 ? format_short() : format_page();
    ap_rwrite(text.data(), static_cast<int>(text.size()), request);
    return OK;
  });
}

}  // namespace

void register_status_hook() {
  APR_OPTIONAL_HOOK(ap, status_hook, show_status, nullptr, nullptr, APR_HOOK_MIDDLE);
}

}  // namespace gw::apache
