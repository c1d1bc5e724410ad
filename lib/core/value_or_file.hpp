// A configured value that may stand in a file of its own, because not everybody may read it.
#pragma once

#include <string>
#include <string_view>

namespace gw {

/// The value itself, or, written `file:/path`, the first line of that file, trimmed. Limits: 4096 bytes.
/// Errors: std::invalid_argument with the text an administrator needs, without the directive's name.
std::string read_value_or_file(std::string_view text);

}  // namespace gw
