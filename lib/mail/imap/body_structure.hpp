// BODYSTRUCTURE to a Part tree with IMAP's section numbers. Takes broken ones too: what is missing or of the
// wrong kind keeps its default. Source: RFC 9051 section 7.5.2.
#pragma once

#include "mail/imap/value.hpp"
#include "mail/part.hpp"

namespace gw::mail::imap {

/// Limits kMaxPartDepth and kMaxParts: what is beyond is left out. Errors: none.
Part parse_body_structure(const Value& body);
/// Every part is a text that tells no disposition: there is no attachment (mime::has_attachments), and no
/// need to read more. False where it is not certain. Cost: no memory for usual mails.
bool is_of_texts_alone(const Value& body);

}  // namespace gw::mail::imap
