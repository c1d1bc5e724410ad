// Field `authenticity` of mails. Source: spec mail-push-and-extras section 10, API object MailData.
#pragma once

#include <string>
#include <string_view>

#include "core/json.hpp"
#include "core/settings.hpp"
#include "mail/message.hpp"

namespace gw::ajax {

/// What mails of a request are judged by.
struct AuthenticityRules {
  const AuthenticitySettings* settings = nullptr;  ///< null: mails are not judged
  std::string_view root;                           ///< of the API, for addresses of pictures
};

/// Needs From and the header Authentication-Results. Missing where mails are not judged.
Json write_authenticity(const mail::Message& message, const AuthenticityRules& rules);

/// Parameter `uid` of image/mail/trustedMail/picture: names a configured picture without its path.
std::string picture_id(const TrustedSender& sender);

}  // namespace gw::ajax
