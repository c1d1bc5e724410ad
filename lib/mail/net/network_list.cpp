#include "mail/net/network_list.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

#include "core/text.hpp"

namespace gw::mail::net {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr Bytes kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr Bytes kTranslated = {0x00, 0x64, 0xFF, 0x9B};

// Source: the registries of RFC 6890 and RFC 8190.
constexpr std::string_view kInternal =
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 "
    "198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/128 ::1/128 100::/64 fc00::/7 fe80::/10 fec0::/10 ff00::/8";

/// IPv4 in its mapped form, so that there is one kind of address.
std::optional<Bytes> read_address(const std::string& text) {
  Bytes bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    if (std::equal(bytes.begin(), bytes.begin() + 12, kTranslated.begin()))
      std::copy_n(kMapped.begin(), 12, bytes.begin());
    return bytes;
  }
  bytes = kMapped;
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

bool has_prefix(const Bytes& bytes, const Bytes& network, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole), network.begin()))
    return false;
  if (bits % 8 == 0) return true;
  const int mask = 0xFF << (8 - bits % 8);
  return ((bytes[whole] ^ network[whole]) & mask & 0xFF) == 0;
}

}  // namespace

bool NetworkList::add(std::string_view text) {
  const auto slash = text.find('/');
  const std::string address(text.substr(0, slash));
  const auto bytes = read_address(address);
  if (!bytes) return false;
  const bool is_v4 = address.find(':') == std::string::npos;
  const int most = is_v4 ? 32 : 128;
  std::int64_t bits = most;
  if (slash != std::string_view::npos) {
    const auto number = parse_integer(text.substr(slash + 1));
    if (!number || *number < 0 || *number > most) return false;
    bits = *number;
  }
  Network network{*bytes, static_cast<int>(bits) + (is_v4 ? 96 : 0)};
  Bytes rest = network.bytes;
  for (int bit = 0; bit < network.bits; ++bit) {
    std::uint8_t& byte = rest[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte & ~(0x80 >> (bit % 8)));
  }
  if (std::any_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte != 0; })) return false;
  networks_.push_back(network);
  return true;
}

void NetworkList::add(const NetworkList& others) {
  networks_.insert(networks_.end(), others.networks_.begin(), others.networks_.end());
}

std::optional<NetworkList> NetworkList::parse(std::string_view text) {
  NetworkList list;
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), ',', ' ');
  for (const std::string_view word : split(blanks, ' '))
    if (!word.empty() && !list.add(word)) return std::nullopt;
  return list;
}

NetworkList NetworkList::internal() { return parse(kInternal).value(); }

bool NetworkList::contains(std::string_view address) const {
  const auto bytes = read_address(std::string(address));
  return !bytes || std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    return has_prefix(*bytes, network.bytes, network.bits);
  });
}

}  // namespace gw::mail::net
