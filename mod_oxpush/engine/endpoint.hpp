// Internet addresses as values: an address, an address with a port, a network. Not for names: nothing here
// asks the DNS.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oxpush {

/// IPv4, IPv6, or none. A v4 address mapped into v6 is the v4 address.
struct Address {
  std::array<std::uint8_t, 16> bytes{};  ///< IPv4 in the first four
  std::uint32_t scope = 0;               ///< interface of an fe80:: address
  std::uint8_t family = AF_UNSPEC;

  auto operator<=>(const Address&) const = default;
  [[nodiscard]] bool is_none() const { return family == AF_UNSPEC; }
  [[nodiscard]] bool is_v4() const { return family == AF_INET; }
  [[nodiscard]] bool is_any() const;
  [[nodiscard]] bool is_loopback() const;
  [[nodiscard]] bool is_multicast() const;
  /// One host may own it: not any, multicast or broadcast.
  [[nodiscard]] bool is_unicast() const;
};

/// A literal address, IPv6 without brackets, with a zone (`%eth0`) for link-local ones.
/// Errors: empty for anything else, names too
std::optional<Address> parse_address(std::string_view text);
std::string to_text(const Address& address);

struct Endpoint {
  Address address;
  std::uint16_t port = 0;
  auto operator<=>(const Endpoint&) const = default;
};

/// `192.0.2.1:44335`, `[2001:db8::1]:44335`.
std::string to_text(const Endpoint& endpoint);
/// Errors: empty for anything that to_text would not write
std::optional<Endpoint> parse_endpoint(std::string_view text);

/// Errors: an address family that is neither IPv4 nor IPv6 gives an endpoint without address
Endpoint from_socket_address(const sockaddr_storage& raw);
/// Returns: the bytes used of `raw`.
socklen_t to_socket_address(const Endpoint& endpoint, sockaddr_storage& raw);

/// `host`, `host:port`, `[v6]`, `[v6]:port`, `v6`; views into the text. Port 0: none was written.
struct HostAndPort {
  std::string_view host;
  std::uint16_t port = 0;
};
/// Errors: empty when the port is no number from 1 to 65535, the brackets do not match, or there is no host
std::optional<HostAndPort> split_host_port(std::string_view text);

struct Network {
  Address address;
  int bits = 0;
  [[nodiscard]] bool contains(const Address& other) const;
};

/// `192.0.2.0/24`, `2001:db8::/32`, or an address alone.
std::optional<Network> parse_network(std::string_view text);

/// Who may speak. Empty: nobody.
class NetworkList {
 public:
  void add(const Network& network) { networks_.push_back(network); }
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] bool empty() const { return networks_.empty(); }

 private:
  std::vector<Network> networks_;
};

/// RFC 1918, loopback, and their IPv6 counterparts.
void add_private_networks(NetworkList& list);
/// The networks that this host's interfaces are in now.
void add_local_networks(NetworkList& list);
/// This host's addresses now; with `interface` those of that one only.
std::vector<Address> local_addresses(std::string_view interface = {});

}  // namespace oxpush

template <>
struct std::hash<oxpush::Address> {
  std::size_t operator()(const oxpush::Address& address) const noexcept {
    return std::hash<std::string_view>{}(
               {reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size()}) ^
           address.scope;
  }
};

template <>
struct std::hash<oxpush::Endpoint> {
  std::size_t operator()(const oxpush::Endpoint& endpoint) const noexcept {
    return std::hash<oxpush::Address>{}(endpoint.address) * 31 + endpoint.port;
  }
};
