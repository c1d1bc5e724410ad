// The header `Authorization: Basic …`. Source: RFC 7617.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::session {

struct BasicCredentials {
  std::string name, password;
};

/// Whether the header's scheme is Basic, whatever follows.
bool is_basic(std::string_view authorization);

/// Errors: empty for another scheme, and for what is no base64 or has no colon.
std::optional<BasicCredentials> read_basic(std::string_view authorization);

}  // namespace gw::session
