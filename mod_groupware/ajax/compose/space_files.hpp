// Files on their way into a composition space, from wherever they come. Bytes go straight into the file
// store; what is not kept in the end is removed again. Source: spec mail-compose section 5.
#pragma once

#include "ajax/action.hpp"
#include "ajax/transfer/export_contacts.hpp"
#include "mail/message.hpp"
#include "mailbox/mailbox.hpp"
#include "model/compositions/composition_service.hpp"

namespace gw::ajax {

using model::compositions::NewAttachment;

/// Errors of all: those of the file store; MSG-0029 as soon as one file is larger than GroupwareUploadLimit.

/// Errors: UPL-0005 too large.
NewAttachment take_upload(Invocation& invocation, const Upload& upload, bool is_inline);
NewAttachment take_card(Invocation& invocation, const NamedCard& card, model::compositions::Origin origin);
/// `{"origin": "drive" | "contact", "id", "folderId"}`. Errors: MSG-0046 another origin; those of files and
/// contacts.
NewAttachment take_named(Invocation& invocation, const Json& named);
/// A whole mail as `<subject>.eml`. Errors: MSG-0067 when it is gone.
NewAttachment take_mail(Invocation& invocation, mailbox::Mailbox& mailbox, const mailbox::MailPath& path,
                        const mail::Message& message);

/// A part of a mail, or a file inside of one (mime::DisplayElement::id).
struct PartOfMail {
  const mailbox::MailPath& path;
  const mail::Part& root;
  std::string id;
};
/// Errors: MSG-0067 when the mail is gone, MSG-0024 the part.
NewAttachment take_part(Invocation& invocation, mailbox::Mailbox& mailbox, const PartOfMail& wanted);
/// How a part is remembered, so that nobody takes it twice.
std::string source_of(const mailbox::MailPath& path, std::string_view part);

}  // namespace gw::ajax
