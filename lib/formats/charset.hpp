// Bytes of unknown origin to UTF-8: byte order marks, named charsets (ICU), and the guess for files that name
// none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::formats {

/// False for a name ICU does not know. Cost: ICU's alias table, no conversion.
bool is_known_charset(const std::string& name);

/// The text in UTF-8; broken sequences become U+FFFD.
/// Errors: empty for an unknown charset.
std::optional<std::string> to_utf8(std::string_view bytes, const std::string& charset);

/// UTF-8 when the bytes are valid UTF-8, else read as CP-1252: what desktop programs write when they name no
/// charset.
std::string guess_utf8(std::string_view bytes);

/// The byte order mark at the start of the text; `size` is 0 when there is none.
struct ByteOrderMark {
  std::string_view charset;
  std::size_t size = 0;
};
ByteOrderMark find_byte_order_mark(std::string_view bytes);

}  // namespace gw::formats
