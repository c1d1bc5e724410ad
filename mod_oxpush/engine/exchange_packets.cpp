// Datagrams of the network: what they are, and what other servers tell. Clients: exchange_clients.cpp
#include <fmt/format.h>

#include <algorithm>

#include "core/crypto.hpp"
#include "exchange.hpp"

namespace oxpush {
namespace {

using gw::push::ClientRegister;
using gw::push::HostRegister;
using gw::push::ParsedPacket;
using gw::push::PushSync;
using gw::push::RegisterSync;

/// Bytes of a bad datagram that a log line shows.
constexpr std::size_t kShownBytes = 48;

}  // namespace

void Exchange::note_bad(const Endpoint& source, std::string_view datagram, gw::push::PacketError error) {
  ++counters_.packets_bad;
  if (!journal_.may_write(source.address, clocks_.steady())) return;
  journal_.write(Severity::Warning,
                 fmt::format("OXP0010: PUSHUDP-{:04} dropped {} bytes from {}: {}{}", static_cast<int>(error),
                             datagram.size(), to_text(source), gw::to_hex(datagram.substr(0, kShownBytes)),
                             datagram.size() > kShownBytes ? "..." : ""));
}

void Exchange::take_packet(std::size_t via, const Endpoint& source, const Address& local,
                           std::string_view datagram) {
  ++counters_.packets_received;
  const Port& port = host_.ports[via];
  // A socket for an IPv6 group hears its port on every address (bind_multicast).
  if (port.role == Role::Multicast && !port.bound.address.is_v4() && local.is_unicast()) {
    ++counters_.peer_packets_refused;
    return;
  }
  const auto parsed = gw::push::parse_packet(datagram);
  if (const auto* error = std::get_if<gw::push::PacketError>(&parsed)) {
    note_bad(source, datagram, *error);
    return;
  }
  const auto& good = std::get<ParsedPacket>(parsed);
  if (const auto* client = std::get_if<ClientRegister>(&good.packet)) {
    take_client(*client, good.signature, via, source, local);
  } else {
    take_peer_packet(good, via, source);
  }
}

void Exchange::take_peer_packet(const ParsedPacket& packet, std::size_t via, const Endpoint& source) {
  const milliseconds now = clocks_.steady();
  switch (cluster_.judge(packet, via, source, now, unix_seconds())) {
    case Cluster::Belief::Own:
      return;
    case Cluster::Belief::Refused:
      if (journal_.may_write(source.address, now)) {
        journal_.write(Severity::Warning, fmt::format("OXP0012: packet of a server at {} refused: {}",
                                                      to_text(source), cluster_.reason()));
      }
      return;
    case Cluster::Belief::Believed:
      break;
  }
  if (const auto* event = std::get_if<PushSync>(&packet.packet)) take_peer_event(*event);
  if (const auto* client = std::get_if<RegisterSync>(&packet.packet)) take_registration(*client);
  if (const auto* host = std::get_if<HostRegister>(&packet.packet)) take_announcement(*host, source);
}

void Exchange::take_registration(const RegisterSync& packet) {
  const auto address = parse_address(packet.address);
  const auto via = address ? client_port(host_.ports, address->family) : std::nullopt;
  const ClientKey key{packet.context, packet.user};
  const bool is_good = via && address->is_unicast() && !address->is_loopback() && packet.user != 0 &&
                       packet.context != 0 && users_.find(key, clocks_.steady()) != UserBook::State::Unknown;
  const Client client{.endpoint = {address.value_or(Address{}), packet.port},
                      .expires = clocks_.steady() + settings_.register_timeout,
                      .via = static_cast<std::uint8_t>(via.value_or(0)),
                      .is_remote = true};
  if (is_good && registrations_.add(key, client)) {
    ++counters_.peer_registrations_received;
    count_clients();
    ask_about(key);
  } else {
    ++counters_.peer_packets_refused;
  }
}

/// It waited for its delay where it came from, so it does not wait here. Source: spec udp-push section 4.
void Exchange::take_peer_event(const PushSync& packet) {
  ++counters_.peer_events_received;
  Change change{.context = packet.context,
                .folder = packet.folder,
                .module = packet.module,
                .origin = gw::push::Origin::Remote,
                .users = packet.users,
                .stamp = packet.stamp};
  std::sort(change.users.begin(), change.users.end());
  change.users.erase(std::unique(change.users.begin(), change.users.end()), change.users.end());
  const gw::push::EventRecord event{.context = change.context,
                                    .module = change.module,
                                    .kind = gw::push::kUnknownKind,
                                    .origin = gw::push::Origin::Remote,
                                    .stamp = change.stamp,
                                    .audiences = {{change.folder, change.users}}};
  for (const std::string& record : gw::push::encode_event(event)) outlet_.publish(record);
  deliver(change);
}

void Exchange::take_announcement(const HostRegister& packet, const Endpoint& source) {
  if (packet.is_goodbye) {
    if (!cluster_.take_leave(packet, source)) return;
    ++counters_.goodbyes;
    journal_.write(Severity::Info, fmt::format("OXP0020: peer {} says goodbye", to_text(source)));
    return;
  }
  const auto peer = cluster_.hear(packet, source, clocks_.steady());
  if (!peer) return;
  // It learns of us at once, instead of after a whole interval.
  wants_announcement_ = true;
  journal_.write(Severity::Info, fmt::format("OXP0013: peer {} is here", to_text(*peer)));
  if (!settings_.distributes_registrations) return;
  // A second resync of the same peer replaces the first.
  std::erase_if(resyncs_, [&](const Resync& resync) { return resync.peer == *peer; });
  Resync resync{*peer, {}};
  registrations_.for_each([&](ClientKey key, const Client& client) {
    if (!client.is_remote) resync.rest.emplace_back(key, client.endpoint);
  });
  if (!resync.rest.empty()) resyncs_.push_back(std::move(resync));
}

void Exchange::take_unreachable(const Endpoint& endpoint) {
  counters_.clients_unreachable += registrations_.note_unreachable(endpoint);
  cluster_.note_unreachable(endpoint);
  count_clients();
}

}  // namespace oxpush
