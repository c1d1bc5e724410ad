#include "apache/push_metrics.hpp"

#include <algorithm>

#include "boundary/guards.hpp"
#include "core/time.hpp"
#include "mod_oxpush/optional.h"

namespace gw::apache {
namespace {

using monitoring::Kind;

struct PushRow {
  std::string_view metric;  ///< rows of one stand together
  Kind kind;
  std::string_view labels;
  const char* key;  ///< of the status page
  std::string_view help;
};

constexpr PushRow kPushRows[] = {
    {"gw_udp_registrations", Kind::Gauge, "", "OXPushClients",
     "Registered clients of the UDP push protocol."},
    {"gw_udp_peers", Kind::Gauge, "", "OXPushPeers", "Other servers of the cluster."},
    {"gw_udp_queue_length", Kind::Gauge, "", "OXPushEventsWaiting", "Events that wait for their delay."},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="any",result="ok")",
     "OXPushPacketsReceived", "Packets of the UDP push protocol and what became of them."},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="any",result="bad")", "OXPushPacketsBad",
     ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="any",result="bad_signature")",
     "OXPushSignaturesRefused", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="register",result="ok")",
     "OXPushRegistrations", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="register",result="refused")",
     "OXPushRegistrationsRefused", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="peer",result="unknown_peer")",
     "OXPushPeerPacketsRefused", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="announce",result="ok")",
     "OXPushAnnouncements", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="in",action="event",result="ok")",
     "OXPushPeerEventsReceived", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="out",action="event",result="ok")",
     "OXPushPeerEventsSent", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="out",action="push",result="ok")",
     "OXPushPushesSent", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="out",action="push",result="limited")",
     "OXPushPushesLimited", ""},
    {"gw_udp_packets_total", Kind::Counter, R"(direction="out",action="any",result="unsent")",
     "OXPushPacketsUnsent", ""},
    {"gw_udp_events_total", Kind::Counter, "result=\"received\"", "OXPushEventsReceived",
     "Events that server processes gave to the push child."},
    {"gw_udp_events_total", Kind::Counter, "result=\"bad\"", "OXPushEventsBad", ""},
    {"gw_udp_events_total", Kind::Counter, "result=\"merged\"", "OXPushEventsMerged", ""},
    {"gw_udp_events_total", Kind::Counter, "result=\"dropped\"", "OXPushEventsOverflowed", ""},
    {"gw_push_child_starts_total", Kind::Counter, "", "OXPushStarts", "Starts of the push child."},
    {"gw_push_bus_records_total", Kind::Counter, "result=\"sent\"", "OXPushBusSent",
     "Records that the push child gave to server processes."},
    {"gw_push_bus_records_total", Kind::Counter, "result=\"dropped\"", "OXPushBusDropped", ""},
    {"gw_push_mail_listeners", Kind::Gauge, "", "OXPushMailListeners",
     "Mailboxes that the push child listens to."},
    {"gw_push_mail_failures_total", Kind::Counter, "", "OXPushMailFailures",
     "Connections of the push child to mail servers that failed."},
};

extern "C" void take_counter(void* context, const char* name, apr_uint64_t value) noexcept {
  boundary::guard_hook(nullptr, "counters of the push child", 0, [=] {
    (*static_cast<std::map<std::string, std::int64_t>*>(context))[name] = static_cast<std::int64_t>(value);
    return 0;
  });
}

}  // namespace

std::map<std::string, std::int64_t> read_push_counters() {
  std::map<std::string, std::int64_t> counters;
  auto* const visit = APR_RETRIEVE_OPTIONAL_FN(oxpush_visit_counters);
  if (visit != nullptr) visit(take_counter, &counters);
  return counters;
}

void write_push_metrics(monitoring::PrometheusText& text,
                        const std::map<std::string, std::int64_t>& counters) {
  if (counters.empty()) return;
  std::string_view current;
  for (const PushRow& row : kPushRows) {
    const auto found = counters.find(row.key);
    if (row.metric != current) text.begin(row.metric, row.kind, row.help);
    current = row.metric;
    text.sample(row.labels, found == counters.end() ? 0 : found->second);
  }
  const auto since = counters.find("OXPushEventsWaitingSince");
  const std::int64_t begin = since == counters.end() ? 0 : since->second;
  text.single("gw_udp_queue_oldest_seconds", Kind::Gauge,
              "How long the oldest event has waited for its delay.",
              begin == 0 ? 0 : std::max<std::int64_t>(system_clock().now().value / 1'000 - begin, 0));
}

}  // namespace gw::apache
