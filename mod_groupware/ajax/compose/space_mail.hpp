// A composition space as the mail that it becomes. Source: spec mail-compose sections 6 and 7.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ajax/action.hpp"
#include "mail/mime/composition.hpp"
#include "mailbox/mailbox.hpp"
#include "model/compositions/composition.hpp"

namespace gw::ajax {

enum class MailPurpose { Draft, Sending };

/// The bytes of attachments are read when the mail is built. Errors: MSG-0037 no From, MSG-0056 a sender that
/// is not the user's, MSG-0102; for sending MSG-0032 the mail that is answered is gone; while the mail is
/// built MSGCS-0004, -0006, -0024.
mail::mime::Composition make_mail(Invocation& invocation, mailbox::Mailbox& mailbox,
                                  const model::compositions::Space& space, MailPurpose purpose);

/// The attachment that an address such as `/ajax/mail/compose/<space>/attachments/<id>?…` names; empty when
/// it is none of this space.
std::optional<std::string> attachment_of_address(std::string_view address, std::string_view space);

}  // namespace gw::ajax
