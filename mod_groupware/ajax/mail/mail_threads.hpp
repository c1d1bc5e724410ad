// Mails in the order of their conversations. Source: spec mail section 4, `sort=thread`.
#pragma once

#include "ajax/mail/mail_rows.hpp"

namespace gw::ajax {

/// A flat list: conversations by the time of receipt of their oldest mail, each as a tree; the query's field
/// does not count. What orders them is fetched of every mail of the folder, the columns of the page alone.
/// Errors: MSG-0087 where the account has no conversations.
Response answer_threads(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder,
                        const mail::Query& query, MailRows& rows);

}  // namespace gw::ajax
