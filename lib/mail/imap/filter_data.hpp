// FILTERED responses. Source: the extension FILTER=SIEVE of Dovecot's Pigeonhole
// (draft-bosch-imap-filter-sieve).
#pragma once

#include <string_view>

#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

/// One untagged FILTERED: the number it stands for and what was done. `text` is what follows the word.
/// Errors: BadResponse.
FilterOutcome parse_filtered(std::string_view text);

}  // namespace gw::mail::imap
