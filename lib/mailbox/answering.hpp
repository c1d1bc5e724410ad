// What answers, forwards and drafts take from another mail: recipients, sender, the user's wishes. Building
// them is the business of whoever shows or stores them. Source: spec mail section 9.
#pragma once

#include "mail/mime/reply.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::mailbox {

/// Limit of mails that are forwarded together. Errors beyond it: MSG-0080.
inline constexpr std::size_t kMaxForwards = 100;

/// With what threading needs. Empty: it is gone.
std::optional<mail::Message> find_original(Mailbox& mailbox, const MailPath& path, mail::FetchSet fetch);
/// Errors: MSG-0067 when it is gone.
mail::Message load_original(Mailbox& mailbox, const MailPath& path, mail::FetchSet fetch);

/// The original lies in the sent or drafts folder of its account.
bool is_own_mail(Mailbox& mailbox, const FolderPath& folder);
/// By the user's setting for answers to all.
mail::mime::Recipients answer_recipients(Mailbox& mailbox, const FolderPath& folder,
                                         const mail::Message& original, bool to_all);
/// The default sender, or that of the further account the original lies in, under the own address that it
/// came to.
mail::Address answer_sender(Mailbox& mailbox, std::int64_t account, const mail::Message& original);
/// The user's setting: a forwarded mail goes as a whole.
bool forwards_as_attachment(Mailbox& mailbox);

}  // namespace gw::mailbox
