// Files of a scheduling mail on their way to the copy of the event: out of the mail into the store. Source:
// RFC 6047 section 2.
#pragma once

#include <optional>

#include "mailbox/mailbox.hpp"
#include "mailbox/scheduling/itip_files.hpp"
#include "model/attachments/attachment_service.hpp"

namespace gw::mailbox::scheduling {

/// Where a message came from. Its members must outlive it.
struct MailSource {
  Mailbox& mailbox;
  const FolderPath& folder;
  mail::Uid uid;
  const mail::Part& structure;
};

/// The bytes of the files that the part names, in the store. What there is no room for, what the mail does
/// not have, and what is behind the limits is left out (GW0605). Empty: none. Errors: those of the mail
/// server.
std::optional<model::attachments::NewFiles> fetch_files(const MailSource& source,
                                                        const model::calendar::InvitationPart& part);

}  // namespace gw::mailbox::scheduling
