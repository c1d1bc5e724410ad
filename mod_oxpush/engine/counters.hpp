// What the push child counts, in memory that all processes share. One table names each counter for the status
// page.
#pragma once

#include <atomic>
#include <cstdint>

namespace oxpush {

using Counter = std::atomic<std::uint64_t>;
static_assert(Counter::is_always_lock_free, "shared between processes");

/// Zero when new; lives from the first start to the stop of httpd, over restarts of the child.
struct Counters {
  Counter events_received, events_bad, events_merged, events_waiting, events_waiting_since, events_overflowed,
      events_repeated;
  Counter pushes_sent, pushes_limited, packets_unsent;
  Counter clients, registrations, registrations_refused, clients_unreachable;
  Counter peers, announcements, peer_events_received, peer_events_sent, peer_registrations_received,
      peer_registrations_sent, peer_packets_refused, peers_unreachable;
  Counter packets_received, packets_bad, signatures_refused;
  Counter bus_connections, bus_sent, bus_dropped, bus_refused;
  Counter starts, state_saved;
  Counter mail_listeners, mail_idle, mail_listeners_refused, mail_connects, mail_failures, mails_heard;
  Counter users_asked, clients_unknown, clients_ended, clients_dropped, goodbyes;
};

struct CounterRow {
  const char* key;    ///< of the ?auto form
  const char* title;  ///< of the page
  Counter Counters::*member;
};

inline constexpr CounterRow kCounterRows[] = {
    {"OXPushStarts", "Starts of the child", &Counters::starts},
    {"OXPushEventsReceived", "Events received", &Counters::events_received},
    {"OXPushEventsBad", "Events that do not decode", &Counters::events_bad},
    {"OXPushEventsMerged", "Events merged", &Counters::events_merged},
    {"OXPushEventsWaiting", "Events waiting now", &Counters::events_waiting},
    {"OXPushEventsWaitingSince", "Since when the oldest one waits (s UTC, 0: none does)",
     &Counters::events_waiting_since},
    {"OXPushEventsOverflowed", "Events dropped, queue full", &Counters::events_overflowed},
    {"OXPushEventsRepeated", "Mails that were told before", &Counters::events_repeated},
    {"OXPushPushesSent", "Push packets sent", &Counters::pushes_sent},
    {"OXPushPushesLimited", "Push packets put off, client at its limit", &Counters::pushes_limited},
    {"OXPushPacketsUnsent", "Packets that the network did not take", &Counters::packets_unsent},
    {"OXPushClients", "Registered clients now", &Counters::clients},
    {"OXPushRegistrations", "Registrations", &Counters::registrations},
    {"OXPushRegistrationsRefused", "Registrations refused", &Counters::registrations_refused},
    {"OXPushClientsUnreachable", "Clients removed as unreachable", &Counters::clients_unreachable},
    {"OXPushPeers", "Peers now", &Counters::peers},
    {"OXPushAnnouncements", "Announcements accepted", &Counters::announcements},
    {"OXPushPeerEventsReceived", "Events from peers", &Counters::peer_events_received},
    {"OXPushPeerEventsSent", "Events to peers", &Counters::peer_events_sent},
    {"OXPushPeerRegistrationsReceived", "Registrations from peers", &Counters::peer_registrations_received},
    {"OXPushPeerRegistrationsSent", "Registrations to peers", &Counters::peer_registrations_sent},
    {"OXPushPeerPacketsRefused", "Peer packets refused", &Counters::peer_packets_refused},
    {"OXPushPeersUnreachable", "Peers removed as unreachable", &Counters::peers_unreachable},
    {"OXPushPacketsReceived", "UDP packets received", &Counters::packets_received},
    {"OXPushPacketsBad", "UDP packets that do not parse", &Counters::packets_bad},
    {"OXPushSignaturesRefused", "Packets refused for their signature", &Counters::signatures_refused},
    {"OXPushBusConnections", "Worker processes on the bus", &Counters::bus_connections},
    {"OXPushBusSent", "Records given to workers", &Counters::bus_sent},
    {"OXPushBusDropped", "Records dropped, worker too slow", &Counters::bus_dropped},
    {"OXPushBusRefused", "Bus connections refused", &Counters::bus_refused},
    {"OXPushStateSaved", "Times the registrations were saved", &Counters::state_saved},
    {"OXPushMailListeners", "INBOXes to listen to now", &Counters::mail_listeners},
    {"OXPushMailIdle", "INBOXes whose server waits for mail now", &Counters::mail_idle},
    {"OXPushMailListenersRefused", "INBOXes beyond OXPushMailListeners", &Counters::mail_listeners_refused},
    {"OXPushMailConnects", "Connections to mail servers", &Counters::mail_connects},
    {"OXPushMailFailures", "Connections to mail servers that failed", &Counters::mail_failures},
    {"OXPushMailsHeard", "Mails heard of by listening", &Counters::mails_heard},
    {"OXPushUsersAsked", "Users that workers were asked for", &Counters::users_asked},
    {"OXPushClientsUnknown", "Clients removed, no such user", &Counters::clients_unknown},
    {"OXPushClientsEnded", "Clients removed with their session", &Counters::clients_ended},
    {"OXPushClientsDropped", "Clients removed by groupwarectl", &Counters::clients_dropped},
    {"OXPushGoodbyes", "Peers that said goodbye", &Counters::goodbyes},
};
static_assert(sizeof(kCounterRows) / sizeof(CounterRow) == sizeof(Counters) / sizeof(Counter),
              "every counter has its row");

}  // namespace oxpush
