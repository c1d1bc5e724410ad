// One mail as lists and readers need it: a value, independent of the connection it came from. Source: spec
// mail section 3, mal section 6.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "mail/address.hpp"
#include "mail/flags.hpp"
#include "mail/part.hpp"

namespace gw::mail {

/// What to fetch: bits, cheap ones first (spec mal section 6). A storage fills what was asked for and may
/// fill more.
enum class Fetch : std::uint32_t {
  Envelope = 1U << 0,  ///< addresses, subject, sent date, Message-ID, In-Reply-To
  Flags = 1U << 1,
  Received = 1U << 2,
  Size = 1U << 3,
  Structure = 1U << 4,
  Headers = 1U << 5,     ///< all header lines
  Preview = 1U << 6,     ///< at most 200 characters of text, costly where the server has none
  Threading = 1U << 7,   ///< References beside the envelope
  Heading = 1U << 8,     ///< of the envelope what lists show: From, To, Cc, Bcc, subject, sent date
  Attachment = 1U << 9,  ///< what has_attachment needs: cheaper than the structure for mails of texts alone
};
struct FetchSet {
  std::uint32_t bits = 0;
  std::vector<std::string> header_names;  ///< single headers, cheaper than all
  [[nodiscard]] bool has(Fetch what) const { return (bits & static_cast<std::uint32_t>(what)) != 0; }
  FetchSet& add(Fetch what) {
    bits |= static_cast<std::uint32_t>(what);
    return *this;
  }
};

using Uid = std::uint32_t;

struct Message {
  Uid uid = 0;
  std::string folder;  ///< full name, Unicode
  MessageFlags flags;
  std::optional<Millis> sent, received;
  std::int64_t size = -1;  ///< bytes (RFC822.SIZE)
  AddressList from, sender, reply_to, to, cc, bcc;
  std::optional<std::string> subject;  ///< decoded
  std::string message_id, in_reply_to;
  std::vector<std::string> references;
  std::optional<Part> structure;
  /// Known without the structure: by the server's marker, where the account has such markers, or as there are
  /// only texts.
  std::optional<bool> has_attachment;
  /// In the order of the message, names in their own case, values unfolded but not decoded.
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::string> preview;
  int thread_level = 0;
  std::string email_id, thread_id;  ///< RFC 8474, where the server has them
};

/// By the member of that name, else by the structure. Fetch::Attachment must have been fetched.
bool has_attachment(const Message& message);

/// The first value of a header, undecoded. Names compare without case.
std::optional<std::string_view> find_header(const Message& message, std::string_view name);

}  // namespace gw::mail
