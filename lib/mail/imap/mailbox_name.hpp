// Mailbox names on the wire: modified UTF-7, or UTF-8 after ENABLE UTF8=ACCEPT. Source: RFC 3501
// section 5.1.3, RFC 6855.
#pragma once

#include <string>
#include <string_view>

namespace gw::mail::imap {

/// UTF-8 to modified UTF-7. Broken UTF-8 becomes U+FFFD.
std::string encode_mailbox(std::string_view name);
/// Modified UTF-7 to UTF-8. A name that is no modified UTF-7 is given as it is, valid UTF-8 kept.
std::string decode_mailbox(std::string_view name);
/// INBOX in any case is "INBOX"; other names stay. Source: RFC 9051 section 5.1.
std::string normalize_mailbox(std::string_view name);

}  // namespace gw::mail::imap
