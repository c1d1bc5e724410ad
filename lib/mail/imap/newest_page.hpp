// The page that is asked for most: the newest mails of a folder, without a SORT. Source: design 9.
#pragma once

#include <optional>
#include <string_view>

#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

/// Works where uids are known to be in the order of arrival: then message numbers are, too, and the page is
/// one FETCH by number. Empty where that is not known; sort then, which finds it out. Cost: one exchange, two
/// when the mailbox has changed since the connection last looked at it.
std::optional<Page> fetch_page_by_number(Session& session, std::string_view folder, const Query& query,
                                         const FetchSet& fetch);

}  // namespace gw::mail::imap
