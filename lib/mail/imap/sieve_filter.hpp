// Runs a Sieve script on mails that are there already. Source: the extension FILTER=SIEVE of Dovecot's
// Pigeonhole (draft-bosch-imap-filter-sieve).
#pragma once

#include <string_view>
#include <vector>

#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

/// As MessageStorage::filter. Mails that the script took away are removed for good; the server only marks
/// them. Cost: one SEARCH, one FILTER per 500 mails, so that each ends within the read time-out.
std::vector<FilterOutcome> filter_messages(Session& session, std::string_view folder,
                                           std::string_view script);

}  // namespace gw::mail::imap
