// Asks a Dovecot to tell of new mail over HTTP (its driver "ox"): an entry among the metadata of the mailbox.
// The other end is ajax/push/mail_news. Source: spec mail-push-and-extras 2.1; RFC 5464.
#pragma once

#include "mail/imap/session.hpp"

namespace gw::mail::imap {

/// Does nothing for an account without `notified_as`, for a server without METADATA, and for a login that was
/// asked for before in this process. The entry stays when the session ends: mails arrive all the time.
/// Errors: none; whatever goes wrong is logged, as mails can be read without it.
/// Cost: one command for each login and process, two when the server refuses the first.
void ask_for_notification(Session& session);

}  // namespace gw::mail::imap
