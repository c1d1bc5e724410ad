// The other servers of the cluster: where they listen and whether they still live. Source: spec udp-push
// section 6.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "endpoint.hpp"

namespace oxpush {

using std::chrono::milliseconds;

class Peers {
 public:
  Peers(std::size_t limit, milliseconds life) : limit_(limit), life_(life) {}

  /// From the configuration: lives for ever.
  void add_static(const Endpoint& endpoint);

  enum class Heard { New, Back, Known, Refused };
  /// An announcement. Back: it was silent for longer than `silence`, so it may have missed something.
  /// Refused: there are too many.
  Heard hear(const Endpoint& endpoint, const std::string& instance, milliseconds now, milliseconds silence);

  /// From the state file: as if it had been heard at `heard`. Static ones and what is above the limit stay as
  /// they are.
  void restore(const Endpoint& endpoint, const std::string& instance, milliseconds heard);
  /// Those that were discovered.
  void for_each(const std::function<void(const Endpoint&, const std::string& instance, milliseconds heard)>&
                    visit) const;

  /// Whether a packet from this address comes from a peer.
  [[nodiscard]] bool knows(const Address& address) const;
  [[nodiscard]] bool is_static(const Address& address) const;

  /// Where to send: one endpoint for each peer, the one heard last when it announced several.
  [[nodiscard]] std::vector<Endpoint> targets() const;

  /// The second complaint of the network in a row removes a peer that was discovered; its next announcement
  /// brings it back. Returns: whether it was removed.
  bool note_unreachable(const Endpoint& endpoint);
  /// It ends: its endpoint and those of its instance go. Static ones stay. Returns: whether one went.
  bool leave(const Endpoint& endpoint, const std::string& instance);
  void sweep(milliseconds now);
  [[nodiscard]] std::size_t size() const { return peers_.size(); }

 private:
  struct Peer {
    milliseconds heard{0};
    std::string instance;  ///< empty: it has one address only
    bool is_static = false;
    bool was_unreachable = false;
  };

  std::size_t limit_;
  milliseconds life_;
  std::map<Endpoint, Peer> peers_;
};

}  // namespace oxpush
