// Base32 for secrets that people copy, type and scan: no letters that look alike, one case. Source: RFC 4648
// section 6.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gw {

/// Upper case, without padding: 5 bytes are 8 characters.
std::string to_base32(std::string_view bytes);

/// What somebody typed of a text in base32 that has `length` characters: in lower case, without the blanks
/// and dashes that make it readable. Errors: empty when it cannot be such a text.
std::optional<std::string> fold_base32(std::string_view typed, std::size_t length);

}  // namespace gw
