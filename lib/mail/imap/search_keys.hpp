// Search terms as IMAP search keys. Source: spec mail section 6.4, RFC 9051 section 6.4.4.
#pragma once

#include "mail/imap/command.hpp"
#include "mail/search_term.hpp"

namespace gw::mail::imap {

/// The server's answer to the keys is exactly what the term means. False for dates (servers know days only),
/// parts of the structure and long lists of uids; with `takes_utf8` false also for texts that are not ASCII.
bool is_exact(const SearchTerm& term, bool takes_utf8);
/// The term holds text that needs a charset.
bool needs_charset(const SearchTerm& term);
/// Adds the keys; for a term that is not exact, keys that match at least as much.
void add_keys(Command& command, const SearchTerm& term, bool takes_utf8);

}  // namespace gw::mail::imap
