// What every action on mails begins with: the caller's mailbox, and the mail that the parameters name.
#pragma once

#include <functional>
#include <memory>

#include "ajax/action.hpp"
#include "ajax/mail/mail_input.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::ajax {

/// What the request brings to open them.
mailbox::MailKeys mail_keys(const Invocation& invocation);
/// Errors: those of Mailbox's constructor; MSG-0087 for a parameter that asks to decrypt or to scan for
/// viruses.
std::unique_ptr<mailbox::Mailbox> open_mailbox(const Invocation& invocation);

/// Parameters `folder` and `id`, or `message_id` instead of the id; all must be declared.
/// Errors: MSG-0001 missing, MSG-0032 not there.
MailRef asked_mail(const Invocation& invocation, mailbox::Mailbox& mailbox);

/// Errors: MSG-0032, which throw_gone throws.
mail::Message load_mail(mailbox::Mailbox& mailbox, const MailRef& ref, const mail::FetchSet& fetch);
[[noreturn]] void throw_gone(const MailRef& ref);

/// Acts on every folder of an array of ids, and answers with the ids of those that failed. Errors: SVL-0028.
Response answer_failed_folders(const Json& body, const std::function<void(const mailbox::FolderPath&)>& act);

}  // namespace gw::ajax
