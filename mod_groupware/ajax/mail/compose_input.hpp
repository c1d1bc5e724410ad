// The mail object that clients send to be built: JSON to a composition. Source: spec mail sections 8.1
// and 8.2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ajax/action.hpp"
#include "mail/mime/composition.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::ajax {

/// What a client meant by a mail. Source: spec mail section 8.1, "sendtype".
enum class SendType {
  New = 0,
  Reply = 1,
  Forward = 2,
  DraftEdit = 3,
  Draft = 4,
  DraftKeep = 5,
  DraftDelete = 6
};

struct ComposeInput {
  mail::mime::Composition composition;
  SendType type = SendType::New;
  bool is_draft = false;  ///< to be stored, not sent
  bool keeps_copy = true;
  std::vector<mailbox::MailPath> originals;  ///< msgref
};

/// Reads everything that the mail is made of: parts of other mails, Drive files, uploaded files, inline
/// images. Errors: MSG-0086 no object, MSG-0037, MSG-1008, MSG-0009, MSG-0024, MSG-0067, MSG-0094, MSG-0102;
/// MSG-0087 for sources of data that are not offered.
ComposeInput parse_compose(Invocation& invocation, mailbox::Mailbox& mailbox, const Json& object);

}  // namespace gw::ajax
