// JSON text written piece by piece, for lists whose tree of values would be many times larger than their
// text. Everything else is built as a Json (core/json.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gw {

/// Appends a quoted and escaped string. Invalid UTF-8 is replaced by U+FFFD, so an answer can always be
/// written.
void append_json_string(std::string& out, std::string_view text);
void append_json_integer(std::string& out, std::int64_t number);

}  // namespace gw
