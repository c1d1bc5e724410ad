// What the push child is told by the configuration, as plain data. Defaults and units:
// docs/oxpush-directives.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "push/signature.hpp"

namespace oxpush {

using std::chrono::milliseconds;

enum class SignMode { Off, Prefer, Require };

/// Numbers that keep strangers, and our own mistakes, from eating the machine. Source: spec udp-push
/// section 11.
struct Limits {
  std::uint32_t clients = 100'000;         ///< endpoints in all
  std::uint32_t clients_per_address = 50;  ///< endpoints of one address
  std::uint32_t clients_per_user = 4;      ///< endpoints of one user; the oldest yields
  std::uint32_t registrations = 30;        ///< a minute, from one address
  std::uint32_t packets = 60;              ///< a minute, to one endpoint
  std::uint32_t peers = 64;
  std::uint32_t peer_packets = 500;  ///< a second, from one peer
  std::uint32_t queue = 100'000;     ///< waiting events
};

struct EngineSettings {
  bool is_udp_on = false;
  std::uint16_t port = 44335;
  /// What announcements name; empty: the literal address that the peer sees.
  std::string hostname;
  bool distributes_events = false;
  bool distributes_registrations = false;
  bool is_multicast_on = false;
  /// An announced address must be the one that the packet came from.
  bool checks_peer_address = true;
  milliseconds delay{120'000};
  milliseconds register_timeout{3'600'000};
  milliseconds peer_life{3'600'000};
  milliseconds announce_interval{30'000};
  std::vector<std::string> client_networks;   ///< words: private, local, all, networks; empty: private local
  std::vector<std::string> cluster_networks;  ///< as above
  SignMode sign_mode = SignMode::Off;
  /// Of clients' registrations.
  SignMode client_sign_mode = SignMode::Off;
  /// Unsigned registrations of a user end with the last session, too.
  bool ends_with_session = false;
  std::vector<gw::push::SignKey> keys;
  /// INBOXes that are listened to at the same time; 0: none.
  std::uint32_t mail_listeners = 0;
  Limits limits;
};

}  // namespace oxpush
