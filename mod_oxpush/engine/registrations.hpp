// Which clients want push packets: up to a few endpoints for each user, each with an end of life.
// Knows no socket; times are given, so it is tested alone. Source: spec udp-push sections 7 and 11.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "endpoint.hpp"
#include "engine_settings.hpp"

namespace oxpush {

struct ClientKey {
  std::int32_t context = 0;
  std::int32_t user = 0;
  bool operator==(const ClientKey&) const = default;
};

/// The key that a client signed with.
struct KeyRef {
  std::string id;      ///< of push/client_key.hpp; empty: it did not sign
  std::string master;  ///< the id of the cluster's key that it was derived from
  [[nodiscard]] bool is_none() const { return id.empty(); }
  bool operator==(const KeyRef&) const = default;
};

/// Where and until when a client listens.
struct Client {
  Endpoint endpoint;
  /// Our address that it spoke to; none: the system chooses.
  Address local;
  KeyRef key;
  /// Time of the clock that the caller uses throughout.
  milliseconds expires{0};
  milliseconds window_ends{0};  ///< of `sent`
  std::uint16_t sent = 0;       ///< packets in this window
  std::uint8_t via = 0;         ///< the socket that it registered at
  bool is_remote = false;       ///< another server told of it
  bool was_unreachable = false;
};

}  // namespace oxpush

template <>
struct std::hash<oxpush::ClientKey> {
  std::size_t operator()(const oxpush::ClientKey& key) const noexcept {
    return std::hash<std::uint64_t>{}(static_cast<std::uint64_t>(static_cast<std::uint32_t>(key.context))
                                          << 32 |
                                      static_cast<std::uint32_t>(key.user));
  }
};

namespace oxpush {

class Registrations {
 public:
  explicit Registrations(const Limits& limits) : limits_(limits) {}

  /// A known endpoint of the user is refreshed, and stays signed once it was; a new one takes the place of
  /// the user's oldest when there are too many, of an unsigned one first. Returns: false when a limit (in
  /// all, or for its address) refuses it.
  bool add(ClientKey key, const Client& client);

  /// The clients of a user, for reading and for counting what was sent; nullptr: none.
  /// Owns: valid until the next change
  std::vector<Client>* find(ClientKey key);

  /// The users of a context who have any, ascending.
  /// Cost: looks at all
  [[nodiscard]] std::vector<std::int32_t> users_of(std::int32_t context) const;

  /// The second time in a row that the network said so removes every registration of the endpoint.
  /// Returns: how many were removed.
  std::size_t note_unreachable(const Endpoint& endpoint);

  /// All of a user; those that were signed in the name of a session; all of the users that are chosen.
  /// Returns: how many were removed.
  std::size_t remove(ClientKey key);
  std::size_t remove_signed(ClientKey key, std::string_view handle);
  std::size_t remove_all(const std::function<bool(ClientKey)>& is_chosen);

  /// Removes what is over.
  /// Cost: looks at all
  void sweep(milliseconds now);

  [[nodiscard]] std::size_t size() const { return size_; }
  void for_each(const std::function<void(ClientKey, const Client&)>& visit) const;

 private:
  void count_address(const Address& address, int difference);
  void forget(ClientKey key, const Client& client);
  template <class Predicate>
  std::size_t remove_if(ClientKey key, const Predicate& predicate);

  const Limits limits_;
  std::unordered_map<ClientKey, std::vector<Client>> clients_;
  std::unordered_map<Address, std::uint32_t> by_address_;
  /// Who registered at an endpoint: the network's complaint names nothing else.
  std::unordered_multimap<Endpoint, ClientKey> by_endpoint_;
  std::size_t size_ = 0;
};

}  // namespace oxpush
