#include "endpoint.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "push/packet.hpp"

namespace oxpush {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

Address v4_address(const void* four_bytes) {
  Address address;
  address.family = AF_INET;
  std::memcpy(address.bytes.data(), four_bytes, 4);
  return address;
}

Address v6_address(const in6_addr& raw, std::uint32_t scope) {
  if (std::memcmp(raw.s6_addr, kMappedPrefix.data(), kMappedPrefix.size()) == 0)
    return v4_address(raw.s6_addr + 12);
  Address address;
  address.family = AF_INET6;
  std::memcpy(address.bytes.data(), raw.s6_addr, 16);
  if (IN6_IS_ADDR_LINKLOCAL(&raw)) address.scope = scope;
  return address;
}

Address from_raw(const sockaddr* raw) {
  if (raw != nullptr && raw->sa_family == AF_INET)
    return v4_address(&reinterpret_cast<const sockaddr_in*>(raw)->sin_addr);
  if (raw != nullptr && raw->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(raw);
    return v6_address(v6->sin6_addr, v6->sin6_scope_id);
  }
  return {};
}

/// The leading one bits of a mask.
int bits_of(const Address& mask) {
  int bits = 0;
  for (const std::uint8_t byte : mask.bytes) {
    for (int bit = 7; bit >= 0; --bit, ++bits)
      if ((byte >> bit & 1) == 0) return bits;
  }
  return bits;
}

struct FreeInterfaces {
  void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::unique_ptr<ifaddrs, FreeInterfaces> interfaces() {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) list = nullptr;
  return std::unique_ptr<ifaddrs, FreeInterfaces>(list);
}

}  // namespace

bool Address::is_any() const {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

bool Address::is_loopback() const {
  if (is_v4()) return bytes[0] == 127;
  return family == AF_INET6 && bytes[15] == 1 &&
         std::all_of(bytes.begin(), bytes.end() - 1, [](std::uint8_t byte) { return byte == 0; });
}

bool Address::is_multicast() const { return is_v4() ? (bytes[0] & 0xF0) == 0xE0 : bytes[0] == 0xFF; }

bool Address::is_unicast() const {
  if (is_none() || is_any() || is_multicast()) return false;
  return !is_v4() || bytes[0] < 0xF0;  // 240.0.0.0/4 is reserved and holds the broadcast address
}

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t zone = text.find('%');
  const std::string literal(text.substr(0, zone));
  in_addr v4{};
  if (zone == text.npos && inet_pton(AF_INET, literal.c_str(), &v4) == 1) return v4_address(&v4);
  in6_addr v6{};
  if (inet_pton(AF_INET6, literal.c_str(), &v6) != 1) return std::nullopt;
  std::uint32_t scope = 0;
  if (zone != text.npos) {
    scope = if_nametoindex(std::string(text.substr(zone + 1)).c_str());
    if (scope == 0) return std::nullopt;
  }
  return v6_address(v6, scope);
}

std::string to_text(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (address.is_none()) return "none";
  inet_ntop(address.family, address.bytes.data(), buffer.data(), static_cast<socklen_t>(buffer.size()));
  std::string text = buffer.data();
  std::array<char, IF_NAMESIZE> zone{};
  if (address.scope != 0 && if_indextoname(address.scope, zone.data()) != nullptr)
    text += '%' + std::string(zone.data());
  return text;
}

std::string to_text(const Endpoint& endpoint) {
  const std::string address = to_text(endpoint.address);
  const bool is_v6 = endpoint.address.family == AF_INET6;
  return (is_v6 ? '[' + address + ']' : address) + ':' + std::to_string(endpoint.port);
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
  const auto parts = split_host_port(text);
  if (!parts || parts->port == 0) return std::nullopt;
  const auto address = parse_address(parts->host);
  if (!address) return std::nullopt;
  return Endpoint{*address, parts->port};
}

Endpoint from_socket_address(const sockaddr_storage& raw) {
  Endpoint endpoint{from_raw(reinterpret_cast<const sockaddr*>(&raw)), 0};
  if (raw.ss_family == AF_INET) endpoint.port = ntohs(reinterpret_cast<const sockaddr_in&>(raw).sin_port);
  if (raw.ss_family == AF_INET6) endpoint.port = ntohs(reinterpret_cast<const sockaddr_in6&>(raw).sin6_port);
  return endpoint;
}

socklen_t to_socket_address(const Endpoint& endpoint, sockaddr_storage& raw) {
  raw = {};
  raw.ss_family = endpoint.address.family;
  if (endpoint.address.is_v4()) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(raw);
    v4.sin_port = htons(endpoint.port);
    std::memcpy(&v4.sin_addr, endpoint.address.bytes.data(), 4);
    return sizeof(v4);
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(raw);
  v6.sin6_port = htons(endpoint.port);
  std::memcpy(&v6.sin6_addr, endpoint.address.bytes.data(), 16);
  v6.sin6_scope_id = endpoint.address.scope;
  return sizeof(v6);
}

std::optional<HostAndPort> split_host_port(std::string_view text) {
  HostAndPort parts;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == text.npos) return std::nullopt;
    parts.host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
  } else {
    // Two colons without brackets are an IPv6 address without a port.
    const std::size_t colon = text.find(':');
    const bool has_port = colon != text.npos && colon == text.rfind(':');
    parts.host = has_port ? text.substr(0, colon) : text;
    rest = has_port ? text.substr(colon) : std::string_view();
  }
  if (parts.host.empty()) return std::nullopt;
  if (rest.empty()) return parts;
  const auto port = rest[0] == ':' ? gw::push::parse_number(rest.substr(1), 65'535) : std::nullopt;
  if (!port || *port == 0) return std::nullopt;
  parts.port = static_cast<std::uint16_t>(*port);
  return parts;
}

bool Network::contains(const Address& other) const {
  if (other.family != address.family) return false;
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, other.bytes.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || (address.bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0;
}

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  const int most = address->is_v4() ? 32 : 128;
  if (slash == text.npos) return Network{*address, most};
  const auto bits = gw::push::parse_number(text.substr(slash + 1), most);
  if (!bits) return std::nullopt;
  return Network{*address, static_cast<int>(*bits)};
}

bool NetworkList::contains(const Address& address) const {
  return std::any_of(networks_.begin(), networks_.end(),
                     [&](const Network& network) { return network.contains(address); });
}

void add_private_networks(NetworkList& list) {
  for (const std::string_view text : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                                      "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"})
    list.add(*parse_network(text));
}

void add_local_networks(NetworkList& list) {
  const auto all = interfaces();
  for (const ifaddrs* entry = all.get(); entry != nullptr; entry = entry->ifa_next) {
    const Address address = from_raw(entry->ifa_addr);
    // A netmask's family is not always filled in; its bytes lie where the address has them.
    if (address.is_none() || entry->ifa_netmask == nullptr) continue;
    sockaddr_storage mask{};
    std::memcpy(&mask, entry->ifa_netmask, address.is_v4() ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
    mask.ss_family = address.family;
    list.add({address, bits_of(from_socket_address(mask).address)});
  }
}

std::vector<Address> local_addresses(std::string_view interface) {
  std::vector<Address> found;
  const auto all = interfaces();
  for (const ifaddrs* entry = all.get(); entry != nullptr; entry = entry->ifa_next) {
    const Address address = from_raw(entry->ifa_addr);
    if (!address.is_none() && (interface.empty() || interface == entry->ifa_name)) found.push_back(address);
  }
  return found;
}

}  // namespace oxpush
