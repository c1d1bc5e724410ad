// What people typed, for mails that the server itself writes: in a header, and in sentences. Nothing of it
// can add a header or a control character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mail/address.hpp"

namespace gw::mailbox {

/// Line ends and other control characters become blanks; at most 200 characters.
std::string as_one_line(std::string_view text);
/// Without control characters but line ends and tabs; trimmed; at most so many characters.
std::string as_lines(std::string_view text, std::size_t most);
/// The name on one line.
mail::Address in_header(const mail::Address& address);
/// Puts values into a sentence of ours, for $1 and $2.
std::string fill_in(std::string_view sentence, std::string_view first, std::string_view second);

}  // namespace gw::mailbox
