// Files of a scheduling mail on their way to the copy of the event: out of the mail into the store. Source:
// RFC 6047 section 2.
#pragma once

#include <vector>

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

/// Of one part of the invitation, which must outlive it.
struct FetchedFiles {
  const model::calendar::InvitationPart* part;
  model::attachments::NewFiles files;
};

/// The bytes of the files that the parts name, in the store; those of a series are not fetched once more for
/// its occurrences, which have them anyhow. What there is no room for, what the mail does not have, and what
/// is behind the limits is left out (GW0605); parts without files are not among them. Errors: those of the
/// mail server.
std::vector<FetchedFiles> fetch_files(const MailSource& source,
                                      const model::calendar::Invitation& invitation);

}  // namespace gw::mailbox::scheduling
