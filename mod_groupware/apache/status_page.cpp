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

struct Row {
  const char* key;    ///< of the ?auto form
  const char* title;  ///< of the page
  std::uint64_t (*value)(const ProcessCounters&);
  /// Sums of ended processes count too; of what exists now only the living do.
  bool is_total;
};

constexpr Row kRows[] = {
    {"GroupwareRequests", "Requests", [](const ProcessCounters& line) { return line.requests.load(); }, true},
    {"GroupwareRequestsRunning", "Running", [](const ProcessCounters& line) { return line.running.load(); },
     false},
    {"GroupwareErrors", "Errors", [](const ProcessCounters& line) { return line.failed.load(); }, true},
    {"GroupwareUnavailable", "Answered 503",
     [](const ProcessCounters& line) { return line.unavailable.load(); }, true},
    {"GroupwareRefused", "Answered 4xx", [](const ProcessCounters& line) { return line.refused.load(); },
     true},
    {"GroupwareUploads", "Uploaded files", [](const ProcessCounters& line) { return line.uploads.load(); },
     true},
    {"GroupwareSessionCacheHits", "Session cache hits",
     [](const ProcessCounters& line) { return line.cache_hits.load(); }, true},
    {"GroupwareSessionCacheMisses", "misses",
     [](const ProcessCounters& line) { return line.cache_misses.load(); }, true},
    {"GroupwareDatabaseConnections", "Database connections",
     [](const ProcessCounters& line) { return static_cast<std::uint64_t>(line.pool_open.load()); }, false},
    {"GroupwareDatabaseIdle", "idle",
     [](const ProcessCounters& line) { return static_cast<std::uint64_t>(line.pool_idle.load()); }, false},
    {"GroupwareDatabaseWaiting", "waiting",
     [](const ProcessCounters& line) { return static_cast<std::uint64_t>(line.pool_waiting.load()); }, false},
    {"GroupwareDatabaseTimeouts", "timed out",
     [](const ProcessCounters& line) { return line.pool_timeouts.load(); }, true},
    {"GroupwareDatabaseConnectsFailed", "connects failed",
     [](const ProcessCounters& line) { return line.connects_failed.load(); }, true},
    {"GroupwareEventStreams", "Event streams",
     [](const ProcessCounters& line) { return line.event_streams.load(); }, false},
    {"GroupwareEventPolls", "polls", [](const ProcessCounters& line) { return line.event_polls.load(); },
     false},
    {"GroupwareEventLag", "lag (ms)", [](const ProcessCounters& line) { return line.event_lag.load(); },
     false},
    {"GroupwareEventsPublished", "Events out",
     [](const ProcessCounters& line) { return line.events_published.load(); }, true},
    {"GroupwareEventsLost", "lost", [](const ProcessCounters& line) { return line.events_lost.load(); },
     true},
    {"GroupwareEventsReceived", "in", [](const ProcessCounters& line) { return line.events_received.load(); },
     true},
    {"GroupwareEventMessages", "messages",
     [](const ProcessCounters& line) { return line.event_messages.load(); }, true},
    {"GroupwareEventMerged", "merged", [](const ProcessCounters& line) { return line.event_merged.load(); },
     true},
    {"GroupwareEventSuppressed", "own",
     [](const ProcessCounters& line) { return line.event_suppressed.load(); }, true},
    {"GroupwareEventResyncs", "resyncs",
     [](const ProcessCounters& line) { return line.event_resyncs.load(); }, true},
    {"GroupwareEventReplaced", "replaced",
     [](const ProcessCounters& line) { return line.event_replaced.load(); }, true},
    {"GroupwareEventSlow", "slow", [](const ProcessCounters& line) { return line.event_slow.load(); }, true},
    {"GroupwareEventInvalid", "sessions ended",
     [](const ProcessCounters& line) { return line.event_invalid.load(); }, true},
    {"GroupwareEventRefused", "refused",
     [](const ProcessCounters& line) { return line.event_refused.load(); }, true},
    {"GroupwareEventDenied", "denied", [](const ProcessCounters& line) { return line.event_denied.load(); },
     true},
    {"GroupwareEventFailedWrites", "failed writes",
     [](const ProcessCounters& line) { return line.event_failed_writes.load(); }, true},
    {"GroupwareEventGaps", "gaps", [](const ProcessCounters& line) { return line.event_gaps.load(); }, true},
};

std::string format_short() {
  std::string text;
  for (const Row& row : kRows) {
    std::uint64_t sum = 0;
    for (const ProcessCounters& line : all_counters())
      if (row.is_total || is_alive(line)) sum += row.value(line);
    text += fmt::format("{}: {}\n", row.key, sum);
  }
  return text;
}

std::string format_page() {
  std::string text = "<hr />\n<h2>Groupware</h2>\n<table border=\"0\"><tr><th>Process</th>";
  for (const Row& row : kRows) text += fmt::format("<th>{}</th>", row.title);
  text += "</tr>\n";
  for (const ProcessCounters& line : all_counters()) {
    if (line.pid == 0) continue;
    text += fmt::format("<tr><td>{}</td>", line.pid.load());
    for (const Row& row : kRows) text += fmt::format("<td>{}</td>", row.value(line));
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
