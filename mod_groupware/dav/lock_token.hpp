// Tokens of locks as they stand in headers. Free of httpd.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gw::dav {

inline constexpr std::string_view kTokenScheme = "opaquelocktoken:";
inline constexpr std::size_t kMaxToken = 128;

/// Whether this may be the token of a lock: our scheme, at most kMaxToken visible characters, none of which
/// would end a header's brackets or an XML element.
bool is_lock_token(std::string_view text);

/// The token in a header Lock-Token: between brackets (RFC 4918 section 10.5), or bare, as some clients send
/// it. Empty: it is neither. The view is into `header`.
std::optional<std::string_view> token_in_header(std::string_view header);

}  // namespace gw::dav
