// A composition space whose attachments shall go as links (`sharedAttachments`). Source: spec mail-compose
// sections 4 and 6.
#pragma once

#include <optional>

#include "ajax/action.hpp"
#include "mailbox/drive_mail.hpp"
#include "model/compositions/composition.hpp"

namespace gw::ajax {

/// Empty: they go as parts. Errors: MSG-0106 he may not; MSG-0107 no day on which the link ends, and the
/// administrator or `autodelete` asks for one; SHR-0004 it lies in the past; SHR-0005 the password. Cost:
/// with a password about 20 ms, without a connection.
std::optional<mailbox::DriveMailWish> read_drive_mail_wish(Invocation& invocation,
                                                           const model::compositions::Space& space);

}  // namespace gw::ajax
