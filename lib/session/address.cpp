#include "session/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::session {
namespace {

constexpr int kPlaceBitsV4 = 24;
constexpr int kPlaceBitsV6 = 64;

struct Address {
  std::array<unsigned char, 16> bytes{};
  int bits = 0;  ///< 32 or 128
};

std::optional<Address> parse(std::string_view text) {
  const std::string copy(text.substr(0, text.find('%')));  // without an IPv6 zone
  if (copy.size() > 63 || copy.find('\0') != std::string::npos) return std::nullopt;
  Address address;
  if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
    address.bits = 32;
    return address;
  }
  if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) != 1) return std::nullopt;
  static constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  address.bits = 128;
  if (std::memcmp(address.bytes.data(), kMapped, sizeof kMapped) != 0) return address;
  std::copy_n(address.bytes.begin() + 12, 4, address.bytes.begin());
  address.bits = 32;
  return address;
}

void keep_leading_bits(Address& address, int bits) {
  for (int i = 0; i < 16; ++i) {
    const int kept = std::clamp(bits - i * 8, 0, 8);
    address.bytes[static_cast<std::size_t>(i)] &= static_cast<unsigned char>(0xFF00U >> kept);
  }
}

bool share_leading_bits(Address a, Address b, int bits) {
  if (a.bits != b.bits) return false;
  const int used = std::clamp(bits, 0, a.bits);
  keep_leading_bits(a, used);
  keep_leading_bits(b, used);
  return a.bytes == b.bytes;
}

}  // namespace

bool is_address(std::string_view text) { return parse(text).has_value(); }

bool same_network(std::string_view a, std::string_view b, int bits_v4, int bits_v6) {
  if (a == b) return true;
  const auto first = parse(a);
  const auto second = parse(b);
  return first && second && share_leading_bits(*first, *second, first->bits == 32 ? bits_v4 : bits_v6);
}

bool is_in_network(std::string_view address, std::string_view network) {
  const std::size_t slash = network.find('/');
  const auto base = parse(network.substr(0, slash));
  const auto own = parse(address);
  if (!base || !own) return false;
  if (slash == std::string_view::npos) return share_leading_bits(*base, *own, base->bits);
  const auto bits = parse_integer(network.substr(slash + 1));
  return bits && *bits >= 0 && *bits <= base->bits &&
         share_leading_bits(*base, *own, static_cast<int>(*bits));
}

std::string place_of(std::string_view address) {
  auto parsed = parse(address);
  if (!parsed) return std::string(address.substr(0, 64));
  keep_leading_bits(*parsed, parsed->bits == 32 ? kPlaceBitsV4 : kPlaceBitsV6);
  const auto size = static_cast<std::size_t>(parsed->bits / 8);
  return to_hex(std::string_view(reinterpret_cast<const char*>(parsed->bytes.data()), size));
}

}  // namespace gw::session
