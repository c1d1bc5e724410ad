// Distinguished names, so that two spellings of one are the same text. Source: RFC 4514.
#pragma once

#include <string>
#include <string_view>

namespace gw::directory {

/// Without blanks around parts, escapes in one form, ASCII in lower case. What is no name comes back trimmed
/// and in lower case. Limits: 8 KiB, longer text is cut.
std::string normalise_dn(std::string_view dn);
bool is_dn(std::string_view text);

}  // namespace gw::directory
