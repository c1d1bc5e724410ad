// The rules of answering and forwarding as pure functions: recipients, subject, references, quoted text.
// Source: spec mail section 9.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"

namespace gw::mail::mime {

struct ReplyRules {
  bool is_to_all = false;
  /// The original lies in the sent or drafts folder: its To stands for its sender.
  bool is_own_mail = false;
  bool moves_others_to_cc = false;  ///< user setting: only the sender stays in To
  bool shows_bcc = false;           ///< the original's Bcc was seen by the user: those are answered in Bcc
};
struct Recipients {
  AddressList to, cc, bcc;
};
/// `own`: the chosen From, and address and aliases of the account; they get no answer unless nobody else is
/// left. No address stands twice over all three lists. Addresses compare without case.
Recipients reply_recipients(const Message& original, const ReplyRules& rules,
                            std::span<const std::string> own);

/// The own address that the original was sent to, in the order To, Cc, Bcc. Errors: empty when none was.
std::optional<Address> find_own_recipient(const Message& original, std::span<const std::string> own);

/// `Re: subject`, unless it begins so in any case; `keeps` false (user setting): without the prefix.
std::string reply_subject(std::string_view subject, bool has_prefix = true);
std::string forward_subject(std::string_view subject, bool has_prefix = true);

/// In-Reply-To and References of an answer: the old References (or In-Reply-To), then the Message-ID. Of more
/// than kMaxReferences the first and the newest stay. Source: RFC 5322 section 3.6.4.
struct Threading {
  std::string in_reply_to;
  std::vector<std::string> references;
};
inline constexpr std::size_t kMaxReferences = 100;
Threading reply_threading(const Message& original);

/// The words around quoted text. `locale` in `de_DE` form; unknown languages are English.
struct QuoteStyle {
  std::string locale = "en_US";
  TimeZone zone = TimeZone::utc();
};
/// `On 31 Dec 2024 13:45, Bob wrote:` and the text with `> ` before each line.
std::string quote_reply(const Message& original, std::string_view text, const QuoteStyle& style);
/// The same for HTML. `html` must be clean: a fragment, as clean_html gives it embedded.
std::string quote_reply_html(const Message& original, std::string_view html, const QuoteStyle& style);
/// A block of From, To, Cc, Date, Subject, then the text as it is.
std::string quote_forward(const Message& original, std::string_view text, const QuoteStyle& style);
std::string quote_forward_html(const Message& original, std::string_view html, const QuoteStyle& style);

}  // namespace gw::mail::mime
