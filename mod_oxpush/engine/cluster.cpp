#include "cluster.hpp"

#include <algorithm>
#include <set>

#include "core/random.hpp"

namespace oxpush {
namespace {

using gw::push::HostRegister;
using gw::push::Packet;
using gw::push::ParsedPacket;
using gw::push::PushSync;
using gw::push::RegisterSync;
using gw::push::Verdict;

/// A peer that missed that many announcements may have missed registrations, too.
constexpr int kMissedAnnouncements = 3;

std::optional<std::size_t> first_port(const std::vector<Port>& ports, Role role, int family) {
  const auto found = std::find_if(ports.begin(), ports.end(), [&](const Port& port) {
    return port.role == role && port.bound.address.family == family;
  });
  if (found == ports.end()) return std::nullopt;
  return static_cast<std::size_t>(found - ports.begin());
}

bool is_multi_homed(const std::vector<Route>& routes) {
  std::set<Address> own;
  for (const Route& route : routes) own.insert(route.own);
  return own.size() > 1;
}

bool has_cluster_port(const std::vector<Port>& ports) {
  return std::any_of(ports.begin(), ports.end(), [](const Port& port) { return port.role == Role::Cluster; });
}

}  // namespace

std::optional<std::size_t> cluster_port(const std::vector<Port>& ports, int family) {
  return first_port(ports, has_cluster_port(ports) ? Role::Cluster : Role::Client, family);
}

std::optional<std::size_t> client_port(const std::vector<Port>& ports, int family) {
  return first_port(ports, Role::Client, family);
}

NetworkList networks_of(const std::vector<std::string>& words) {
  NetworkList list;
  for (const std::string& word : words.empty() ? std::vector<std::string>{"private", "local"} : words) {
    if (word == "private") {
      add_private_networks(list);
    } else if (word == "local") {
      add_local_networks(list);
    } else if (word == "all") {
      list.add(*parse_network("0.0.0.0/0"));
      list.add(*parse_network("::/0"));
    } else if (const auto network = parse_network(word)) {
      list.add(*network);
    }
  }
  return list;
}

Cluster::Cluster(const EngineSettings& settings, const Host& host, Outlet& outlet, Counters& counters)
    : settings_(settings),
      host_(host),
      outlet_(outlet),
      counters_(counters),
      peers_(settings.limits.peers, settings.peer_life),
      networks_(networks_of(settings.cluster_networks)),
      packet_rate_(settings.limits.peer_packets, std::chrono::seconds{1}),
      signatures_(settings.keys) {
  for (const Endpoint& peer : host.static_peers) {
    const bool is_self = std::any_of(host.ports.begin(), host.ports.end(), [&](const Port& port) {
      return port.role != Role::Multicast && port.bound.port == peer.port &&
             std::count(host.own_addresses.begin(), host.own_addresses.end(), peer.address) != 0;
    });
    if (!is_self) peers_.add_static(peer);  // one list of peers may serve all hosts of the cluster
  }
  count_peers();
}

std::string Cluster::written(const Packet& packet, std::int64_t unix_seconds) const {
  if (settings_.sign_mode == SignMode::Off || settings_.keys.empty()) return gw::push::format_packet(packet);
  return gw::push::frame_payload(gw::push::sign_payload(
      gw::push::format_payload(packet), settings_.keys.front(), unix_seconds, gw::random_hex(8)));
}

void Cluster::say_goodbye(std::int64_t unix_seconds) {
  if (settings_.sign_mode != SignMode::Off && !settings_.keys.empty()) announce(unix_seconds, true);
}

void Cluster::announce(std::int64_t unix_seconds, bool is_goodbye) {
  const std::string instance = is_goodbye || is_multi_homed(host_.routes) ? host_.instance : "";
  for (const Route& route : host_.routes) {
    const auto via = cluster_port(host_.ports, route.group.address.family);
    if (!via) continue;
    const std::string host = settings_.hostname.empty()
                                 ? to_text(Address{route.own.bytes, 0, route.own.family})
                                 : settings_.hostname;
    const HostRegister packet{host, host_.ports[*via].bound.port, instance, is_goodbye};
    outlet_.send_multicast(*via, route, written(packet, unix_seconds));
  }
}

Cluster::Belief Cluster::refuse(const char* reason) {
  reason_ = reason;
  ++counters_.peer_packets_refused;
  return Belief::Refused;
}

/// A host hears its own multicast. Source: spec udp-push section 5.
bool Cluster::is_own(const ParsedPacket& packet, const Endpoint& source) const {
  const auto* announced = std::get_if<HostRegister>(&packet.packet);
  if (announced != nullptr && !announced->instance.empty()) return announced->instance == host_.instance;
  const bool is_own_address =
      std::count(host_.own_addresses.begin(), host_.own_addresses.end(), source.address) != 0;
  return is_own_address && std::any_of(host_.ports.begin(), host_.ports.end(), [&](const Port& port) {
           return port.role != Role::Multicast && port.bound.port == source.port &&
                  (port.bound.address.is_any() || port.bound.address == source.address);
         });
}

Cluster::Belief Cluster::judge_signature(const ParsedPacket& packet, std::int64_t unix_seconds) {
  const auto* announced = std::get_if<HostRegister>(&packet.packet);
  const bool is_goodbye = announced != nullptr && announced->is_goodbye;
  if (is_goodbye && (settings_.sign_mode == SignMode::Off || !packet.signature))
    return refuse("a goodbye must be signed");
  if (settings_.sign_mode == SignMode::Off) return Belief::Believed;
  const Verdict verdict = signatures_.judge(packet.signature, unix_seconds);
  if (verdict == Verdict::Good) return Belief::Believed;
  if (verdict == Verdict::Absent && settings_.sign_mode == SignMode::Prefer) return Belief::Believed;
  ++counters_.signatures_refused;
  switch (verdict) {
    case Verdict::Absent:
      return refuse("it is not signed");
    case Verdict::UnknownKey:
      return refuse("its key is unknown");
    case Verdict::WrongTime:
      return refuse("its time is off by more than 30 s");
    case Verdict::Replayed:
      return refuse("it is a repetition");
    default:
      return refuse("its signature is wrong");
  }
}

Cluster::Belief Cluster::judge(const ParsedPacket& packet, std::size_t via, const Endpoint& source,
                               milliseconds now, std::int64_t unix_seconds) {
  if (is_own(packet, source)) return Belief::Own;
  const Role role = host_.ports[via].role;
  const bool is_announcement = std::holds_alternative<HostRegister>(packet.packet);
  if (role == Role::Client && has_cluster_port(host_.ports))
    return refuse("servers talk to OXPushClusterBind");
  if (role == Role::Multicast && !is_announcement) return refuse("only announcements come by multicast");
  if (!networks_.contains(source.address)) return refuse("its address is not in OXPushClusterNetworks");
  if (!source.address.is_unicast() || source.port == 0) return refuse("its address is no host's");
  if (is_announcement && role != Role::Multicast && !peers_.is_static(source.address))
    return refuse("announcements come by multicast");
  if (!is_announcement && !peers_.knows(source.address)) return refuse("it is no peer");
  if (!packet_rate_.allow(source.address, now)) return refuse("it sends too many packets");
  if (std::holds_alternative<PushSync>(packet.packet) && !settings_.distributes_events)
    return refuse("OXPushDistribution is not event");
  if (std::holds_alternative<RegisterSync>(packet.packet) && !settings_.distributes_registrations)
    return refuse("OXPushDistribution is not register");
  if (is_announcement && settings_.checks_peer_address) {
    const auto& announced = std::get<HostRegister>(packet.packet);
    const auto literal = parse_address(announced.host);
    if (literal && literal->is_unicast() && !literal->is_loopback() && literal->bytes != source.address.bytes)
      return refuse("it announces an address that is not its own (OXPushPeerAddress)");
  }
  return judge_signature(packet, unix_seconds);
}

/// A name means the address that the packet came from: nobody here asks the DNS for strangers. So do
/// addresses that mean "here".
std::optional<Endpoint> Cluster::hear(const HostRegister& packet, const Endpoint& source, milliseconds now) {
  Endpoint peer{source.address, packet.port};
  const auto literal = parse_address(packet.host);
  if (!settings_.checks_peer_address && literal && literal->is_unicast() && !literal->is_loopback())
    peer.address = *literal;
  const auto heard =
      peers_.hear(peer, packet.instance, now, kMissedAnnouncements * settings_.announce_interval);
  count_peers();
  if (heard == Peers::Heard::Refused) {
    refuse("there are too many peers (OXPushLimits peers=)");
    return std::nullopt;
  }
  ++counters_.announcements;
  if (heard == Peers::Heard::Known) return std::nullopt;
  return peer;
}

bool Cluster::take_leave(const HostRegister& packet, const Endpoint& source) {
  const bool was_there = peers_.leave({source.address, packet.port}, packet.instance);
  count_peers();
  return was_there;
}

void Cluster::send_to(const Endpoint& peer, std::string_view bytes) {
  if (const auto via = cluster_port(host_.ports, peer.address.family)) outlet_.send(*via, peer, {}, bytes);
}

void Cluster::send_event(const PushSync& event, std::int64_t unix_seconds) {
  const std::vector<Endpoint> targets = peers_.targets();
  if (targets.empty()) return;
  const std::size_t spare = settings_.sign_mode == SignMode::Off ? 0 : gw::push::kLongestSignature;
  for (const PushSync& part : gw::push::split_users(event, spare)) {
    // Each peer gets a nonce of its own only by a packet of its own; one for all is enough, as each remembers
    // for itself.
    const std::string bytes = written(part, unix_seconds);
    for (const Endpoint& peer : targets) {
      send_to(peer, bytes);
      ++counters_.peer_events_sent;
    }
  }
}

void Cluster::send_registration(ClientKey key, const Endpoint& client, std::int64_t unix_seconds) {
  for (const Endpoint& peer : peers_.targets()) send_registration_to(peer, key, client, unix_seconds);
}

void Cluster::send_registration_to(const Endpoint& peer, ClientKey key, const Endpoint& client,
                                   std::int64_t unix_seconds) {
  const RegisterSync packet{.user = key.user,
                            .context = key.context,
                            .address = to_text(Address{client.address.bytes, 0, client.address.family}),
                            .port = client.port};
  send_to(peer, written(packet, unix_seconds));
  ++counters_.peer_registrations_sent;
}

void Cluster::restore_peer(const Endpoint& endpoint, const std::string& instance, milliseconds heard) {
  if (!settings_.is_multicast_on || !networks_.contains(endpoint.address)) return;
  peers_.restore(endpoint, instance, heard);
  count_peers();
}

void Cluster::note_unreachable(const Endpoint& endpoint) {
  if (peers_.note_unreachable(endpoint)) ++counters_.peers_unreachable;
  count_peers();
}

void Cluster::sweep(milliseconds now) {
  peers_.sweep(now);
  count_peers();
}

}  // namespace oxpush
