// Why a sending failed, as an error of the API. Source: spec mail section 8.3, mal section 8.3.
#pragma once

#include <string>

#include "core/error.hpp"
#include "mail/account.hpp"
#include "mail/smtp/transcript.hpp"
#include "mail/store/transport.hpp"

namespace gw::mail::smtp {

/// MSG-1014 of its own kind: the mail was handed over whole, but no answer came. It may have been sent;
/// sending it again could send it twice.
class UnknownOutcome : public ApiError {
 public:
  explicit UnknownOutcome(const std::string& host);
};

struct Failure {
  int curl_code = 0;  ///< CURLcode
  long os_error = 0;
  std::string reason;  ///< curl's words
  bool was_never_connected = false;
  /// Set by our own checks before the first command about the mail.
  enum class Check { None, SmtpUtf8, TooLarge, SignIn } check = Check::None;
};

/// Errors: MSG-0092, -0108, -0111, -1012, -1013, -1016, -1018, -1020, -1022, -1028, -1030, UnknownOutcome.
[[noreturn]] void throw_failure(const Failure& failure, const Transcript& transcript, const Server& server,
                                const Envelope& envelope);

/// Recipients with a refusal, and the server's words.
std::vector<std::pair<std::string, std::string>> refused_recipients(const Transcript& transcript,
                                                                    const Envelope& envelope);

}  // namespace gw::mail::smtp
