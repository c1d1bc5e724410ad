// Whether a mail comes from where it says, as a mail server that we trust has found out. Source: spec
// mail-push-and-extras section 10; RFC 8601, RFC 7489 section 3.1 (alignment).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/message.hpp"

namespace gw::mail::mime {

enum class AuthenticityStatus { Pass, Neutral, Fail, NotAnalyzed };
/// The wire name: pass, neutral, fail, not-analyzed.
std::string_view status_name(AuthenticityStatus status);

struct Authenticity {
  struct Verdict {
    std::string result;  ///< pass, fail, none …
    std::string reason;
    std::string domain;  ///< whose word it is, lower case
  };
  AuthenticityStatus status = AuthenticityStatus::NotAnalyzed;
  std::string domain;  ///< of the sender that people see, lower case
  std::optional<Verdict> dmarc, dkim, spf;
  /// Other checks, and all but the best of several: mechanism and result.
  std::vector<std::pair<std::string, std::string>> others;
};

/// The topmost Authentication-Results of one of the servers (lower case) counts, and no other: those below
/// may have come with the mail. DMARC of the visible domain decides; where it says neither pass nor fail, a
/// DKIM signature or SPF of that domain (or of one above or below it) passes, and SPF "fail" without such a
/// signature fails. A mail with several visible senders is never more than neutral.
Authenticity judge_authenticity(const Message& message, std::span<const std::string> servers);

/// `pattern` is an address, or a domain that stands for those below it, too; lower case.
bool is_sender_of(std::string_view pattern, std::string_view address);

}  // namespace gw::mail::mime
