// BODYSTRUCTURE to a Part tree with IMAP's section numbers. Takes broken ones too: what is missing or of the
// wrong kind keeps its default. Source: RFC 9051 section 7.5.2.
#pragma once

#include "mail/imap/value.hpp"
#include "mail/part.hpp"

namespace gw::mail::imap {

/// Limits kMaxPartDepth and kMaxParts: what is beyond is left out. Errors: none.
Part parse_body_structure(const Value& body);

}  // namespace gw::mail::imap
