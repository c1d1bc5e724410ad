// A part of a mail on its way to a client. Source: spec mail section 11.
#pragma once

#include <string>

#include "ajax/action.hpp"
#include "ajax/mail/mail_call.hpp"
#include "mail/part.hpp"

namespace gw::ajax {

/// Parts up to this size are read before they are sent, so that they have a length; larger ones are streamed.
inline constexpr std::int64_t kMaxHeldPart = 262'144;

enum class PartPurpose {
  View,      ///< shown by the browser where that is harmless
  Download,  ///< `save=1`, `delivery=download`
  Picture,   ///< images only, scaled as the request wants
};

struct PartWish {
  MailRef mail;
  std::string
      part_id;  ///< also of a file inside a part (mail/mime/display.hpp); empty: the content id counts
  std::string content_id;
  PartPurpose purpose = PartPurpose::View;
  bool cleans_html = false;   ///< parameter filter
  bool wants_length = false;  ///< parameter exact_length: large parts are read before they are sent
};

/// 304 for a client that has it: parts never change. Errors: MSG-0032 mail, MSG-0024 or -0049 part, MSG-0055
/// content id; MSG-0041 for a picture that is none.
Response deliver_part(Invocation& invocation, mailbox::Mailbox& mailbox, const PartWish& wish);

}  // namespace gw::ajax
