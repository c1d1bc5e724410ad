// Conversations of a folder, alone or joined with the sent folder. Source: spec mail section 6.3, spec mal
// section 8.4.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

/// Cost: the server threads a folder alone (THREAD=REFS or REFERENCES); with the sent folder, or without
/// THREAD, three headers of the threaded mails are fetched. Then a FETCH of the page.
std::vector<Conversation> find_conversations(Session& session, std::string_view folder,
                                             const ConversationQuery& query, const FetchSet& fetch,
                                             std::size_t& total);

}  // namespace gw::mail::imap
