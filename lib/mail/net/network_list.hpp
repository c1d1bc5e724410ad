// Networks that accounts of users may not reach: their own machines stay out of reach of whoever may name a
// mail server. Ask it for the address that is connected to, not for the name.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gw::mail::net {

class NetworkList {
 public:
  /// Commas or blanks between `10.0.0.0/8`, `127.0.0.1`, `fe80::/10`. Errors: empty when one cannot be read
  /// or has bits beyond its prefix.
  static std::optional<NetworkList> parse(std::string_view text);
  /// Loopback, private, link-local, multicast and other networks that are nobody's mail server.
  static NetworkList internal();

  void add(const NetworkList& others);
  /// Literal IPv4 or IPv6; an IPv4 address inside an IPv6 one (`::ffff:10.0.0.1`, `64:ff9b::a00:1`) counts as
  /// itself. What is no address is contained.
  [[nodiscard]] bool contains(std::string_view address) const;

 private:
  struct Network {
    std::array<std::uint8_t, 16> bytes{};
    int bits = 0;
  };
  bool add(std::string_view text);
  std::vector<Network> networks_;
};

}  // namespace gw::mail::net
