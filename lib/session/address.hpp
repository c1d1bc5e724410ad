// Network addresses as far as sessions and login throttling need them: same network, member of a network.
#pragma once

#include <string>
#include <string_view>

namespace gw::session {

bool is_address(std::string_view text);

/// True when both share the given number of leading bits. An IPv4 address in IPv6 form counts as IPv4. Text
/// that is no address is compared as text, so a Unix socket's peer equals itself.
bool same_network(std::string_view a, std::string_view b, int bits_v4, int bits_v6);

/// `network` is `10.0.0.0/8`, `fd00::/8` or a single address. false for anything malformed.
bool is_in_network(std::string_view address, std::string_view network);

/// The network that counts as "one place" for login throttling: /24 or /64 in canonical form; the text itself
/// otherwise.
std::string place_of(std::string_view address);

}  // namespace gw::session
