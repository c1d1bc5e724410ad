// What goes into a new mail: parts of other mails, files, images that lie on this server, the HTML itself.
// Source: spec mail section 8.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ajax/action.hpp"
#include "ajax/delivery/file_delivery.hpp"
#include "ajax/mail/inline_images.hpp"
#include "mail/mime/composition.hpp"
#include "mailbox/mailbox.hpp"
#include "mailbox/spool.hpp"

namespace gw::ajax {

mail::mime::Attachment attach_spool(const mailbox::Spool& spool, std::string name, std::string type);
/// Errors: StoreError.
mailbox::Spool spool_stored(const StoredBytes& bytes);

/// Empty: the mail is gone.
std::optional<mail::Part> structure_of(mailbox::Mailbox& mailbox, const mailbox::MailPath& path);
/// Errors: MSG-0067 when the mail is gone.
mail::mime::Attachment spool_part(mailbox::Mailbox& mailbox, const mailbox::MailPath& path,
                                  const mail::Part& part);
/// The whole mail as message/rfc822, `<subject>.eml`. Errors: MSG-0067.
mail::mime::Attachment spool_mail(mailbox::Mailbox& mailbox, const mailbox::MailPath& path);
/// MSG-0067.
[[noreturn]] void throw_original_gone(const mailbox::MailPath& path);

/// The image behind an address of this server: of a mail (image/mail/picture), a signature, or a parked file.
/// Empty: it is none of ours, or gone.
std::optional<mail::mime::Attachment> find_own_image(Invocation& invocation, mailbox::Mailbox& mailbox,
                                                     std::string_view address);
/// The same for files that a client parked here (modules file and image/mfile/picture).
std::optional<mail::mime::Attachment> find_parked_image(Invocation& invocation, std::string_view address);
/// Cleaned; images that `find` knows become parts beside it. `root`: of the API. Errors: MSG-0102 when it is
/// over the limits of the parser.
void set_html_body(mail::mime::Composition& to, const std::string& html, const std::string& root,
                   const ImageFinder& find);

}  // namespace gw::ajax
