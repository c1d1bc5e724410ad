// A finished mail with other header lines: its body passes as it is. For mails that somebody else has built.
#pragma once

#include <span>
#include <string_view>

#include "mailbox/spool.hpp"

namespace gw::mailbox {

/// The mail with `before` in front of it, and without the header lines of these names, which compare without
/// case; continued lines go with their first one. Cost: one pass; 64 KiB of memory. Errors:
/// std::system_error.
Spool rewrite_headers(const Spool& mail, std::string_view before, std::span<const std::string_view> dropped);

}  // namespace gw::mailbox
