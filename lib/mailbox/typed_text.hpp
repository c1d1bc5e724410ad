// What people typed, for mails that the server itself writes: in a header, and in the text. Nothing of it can
// add a header or a control character.
#pragma once

#include <string>
#include <string_view>

namespace gw::mailbox {

/// Line ends and other control characters become blanks; at most 200 characters.
std::string as_one_line(std::string_view text);
/// Without control characters but line ends and tabs; trimmed.
std::string as_lines(std::string_view text);

}  // namespace gw::mailbox
