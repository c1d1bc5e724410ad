// Mails that the server itself sends, without the session of a user: by the address and the server of
// GroupwareNoReply. Not for mails of users: sending.hpp.
#pragma once

#include "core/settings.hpp"
#include "mail/mime/composition.hpp"
#include "mail/store/provider.hpp"

namespace gw::mailbox {

/// There is an address, and a server that takes its mails.
bool can_send_itself(const Settings& settings);
/// Who such mails come from: the product, and GroupwareNoReply.
mail::Address no_reply_address(const Settings& settings);
/// The longest that send_no_reply lasts.
Milliseconds longest_sending(const Settings& settings);

/// Sends once. No connection to the database may be held. Errors: those of Transport and of mail::Places;
/// MSG-1008 an address that is none.
void send_no_reply(const Settings& settings, const mail::Registry& registry,
                   const mail::mime::Composition& composition);

/// Whether the server is to blame: the next mail would fail as well.
bool is_fault_of_server(const ApiError& error);

}  // namespace gw::mailbox
