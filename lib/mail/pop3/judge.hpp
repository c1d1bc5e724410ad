// Search terms judged on headers, as far as those tell.
#pragma once

#include "mail/message.hpp"
#include "mail/search_term.hpp"

namespace gw::mail::pop3 {

/// What must be known of a message to judge it. Errors: MSG-0087 for terms about bodies and attachments.
bool needs_headers(const SearchTerm& term);
/// The message has what needs_headers asked for. Texts compare folded.
bool matches(const SearchTerm& term, const Message& message);

}  // namespace gw::mail::pop3
