// The talk between servers: who is a peer, what may be believed, what is told to them. Source: spec udp-push
// sections 5, 6 and 11.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "counters.hpp"
#include "engine_settings.hpp"
#include "outlet.hpp"
#include "peers.hpp"
#include "push/packet.hpp"
#include "push/signature.hpp"
#include "rate_table.hpp"
#include "registrations.hpp"

namespace oxpush {

/// What is true of this host for the life of the child.
struct Host {
  std::vector<Port> ports;
  std::vector<Route> routes;
  std::vector<Endpoint> static_peers;
  std::vector<Address> own_addresses;
  /// 16 hex digits, new for each child.
  std::string instance;
};

/// The first port of a family that servers talk through; empty: none.
std::optional<std::size_t> cluster_port(const std::vector<Port>& ports, int family);
/// The first port of a family that clients talk to; empty: none.
std::optional<std::size_t> client_port(const std::vector<Port>& ports, int family);

class Cluster {
 public:
  Cluster(const EngineSettings& settings, const Host& host, Outlet& outlet, Counters& counters);

  /// Tells the groups where we are.
  void announce(std::int64_t unix_seconds) { announce(unix_seconds, false); }
  /// Tells them that we end; nothing without signatures.
  void say_goodbye(std::int64_t unix_seconds);

  /// What a packet of actions 2 to 4 is: believed, ours, or refused for a reason that a log line can show.
  enum class Belief { Believed, Own, Refused };
  Belief judge(const gw::push::ParsedPacket& packet, std::size_t via, const Endpoint& source,
               milliseconds now, std::int64_t unix_seconds);
  /// Why the last judge() refused.
  [[nodiscard]] const char* reason() const { return reason_; }

  /// A believed announcement. Returns: the peer, when it is new or was away and may have missed
  /// registrations.
  std::optional<Endpoint> hear(const gw::push::HostRegister& packet, const Endpoint& source,
                               milliseconds now);

  /// A believed goodbye. Returns: false when it was no peer of the announcements.
  bool take_leave(const gw::push::HostRegister& packet, const Endpoint& source);

  void send_event(const gw::push::PushSync& event, std::int64_t unix_seconds);
  void send_registration(ClientKey key, const Endpoint& client, std::int64_t unix_seconds);
  void send_registration_to(const Endpoint& peer, ClientKey key, const Endpoint& client,
                            std::int64_t unix_seconds);

  /// For the state file.
  [[nodiscard]] const Peers& peers() const { return peers_; }
  void restore_peer(const Endpoint& endpoint, const std::string& instance, milliseconds heard);

  void note_unreachable(const Endpoint& endpoint);
  void sweep(milliseconds now);

 private:
  Belief refuse(const char* reason);
  bool is_own(const gw::push::ParsedPacket& packet, const Endpoint& source) const;
  Belief judge_signature(const gw::push::ParsedPacket& packet, std::int64_t unix_seconds);
  void announce(std::int64_t unix_seconds, bool is_goodbye);
  std::string written(const gw::push::Packet& packet, std::int64_t unix_seconds) const;
  void send_to(const Endpoint& peer, std::string_view bytes);
  void count_peers() { counters_.peers = peers_.size(); }

  const EngineSettings& settings_;
  const Host& host_;
  Outlet& outlet_;
  Counters& counters_;
  Peers peers_;
  NetworkList networks_;
  RateTable packet_rate_;
  gw::push::SignatureJudge signatures_;
  const char* reason_ = "";
};

/// Words of a directive as networks; empty: `private local`.
NetworkList networks_of(const std::vector<std::string>& words);

}  // namespace oxpush
