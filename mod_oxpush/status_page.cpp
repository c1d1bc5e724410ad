#include "status_page.hpp"

#include <httpd.h>

#include <apr_optional_hooks.h>
#include <fmt/format.h>
#include <http_main.h>
#include <http_protocol.h>
#include <mod_status.h>

#include <exception>
#include <string>

#include "directives.hpp"
#include "retained.hpp"

namespace oxpush {
namespace {

std::string format_short(const Counters& counters) {
  std::string text;
  for (const CounterRow& row : kCounterRows)
    text += fmt::format("{}: {}\n", row.key, (counters.*row.member).load());
  return text;
}

std::string format_page(const Counters& counters) {
  std::string text = "<hr />\n<h2>Push</h2>\n<table border=\"0\">\n";
  for (const CounterRow& row : kCounterRows)
    text += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", row.title, (counters.*row.member).load());
  return text + "</table>\n";
}

extern "C" int show_push_status(request_rec* request, int flags) noexcept {
  const Counters* counters = shared_counters();
  if (counters == nullptr || !settings_of(ap_server_conf).is_enabled) return DECLINED;
  try {
    const std::string text =
        (flags & AP_STATUS_SHORT) != 0 ? format_short(*counters) : format_page(*counters);
    ap_rwrite(text.data(), static_cast<int>(text.size()), request);
    return OK;
  } catch (const std::exception&) {
    return DECLINED;
  }
}

}  // namespace

void register_status_hook() {
  APR_OPTIONAL_HOOK(ap, status_hook, show_push_status, nullptr, nullptr, APR_HOOK_MIDDLE);
}

}  // namespace oxpush
