// A mail as the object of `get`: members, headers, shown text, list of its parts, nested mails. Source: spec
// mail sections 3 and 6.2.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ajax/action.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "mail/mime/display.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::ajax {

/// Bytes of an embedded mail that are read to show it; more are cut.
inline constexpr std::size_t kMaxNestedMail = std::size_t{8} << 20U;
inline constexpr int kMaxNestedDepth = 5;

struct ShowOptions {
  mail::mime::DisplayOptions display;
  bool tells_lengths = false;  ///< parameter estimate_length
};

/// Where the bytes of its parts come from.
struct MailBytes {
  mail::mime::TextReader text;
  /// An embedded mail as it stands; empty when it is gone.
  std::function<std::string(const mail::Part& part)> nested;
};
MailBytes bytes_of_stored(mail::MessageStorage& storage, const std::string& folder, mail::Uid uid);

/// Headers that have no member of their own.
Json write_other_headers(const mail::Message& mail);
/// `view.message` was fetched with fetch_for_object.
Json show_mail(const MailView& view, const ShowOptions& options, const MailBytes& bytes);
/// The same of a mail that lies in another one, whose view this is; `part` is its message/rfc822.
Json show_nested_mail(const MailView& view, const ShowOptions& options, const mail::Part& part,
                      const MailBytes& bytes);

/// Parameter `view` and what goes with it: view, forceImages, embedded, edit, max_size, no_nested_message and
/// allow_nested_messages, estimate_length; all must be declared. Without a view the user's settings count.
/// Errors: MSG-0046 an unknown view.
ShowOptions parse_show_options(const Invocation& invocation, mailbox::Mailbox& mailbox,
                               const std::string& folder, mail::Uid uid);

}  // namespace gw::ajax
