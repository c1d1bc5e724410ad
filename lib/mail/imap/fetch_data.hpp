// The items of a FETCH response as a Message. Source: RFC 9051 section 7.5.2, RFC 8474, RFC 8970.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/imap/value.hpp"
#include "mail/message.hpp"

namespace gw::mail::imap {

struct FetchData {
  std::uint32_t sequence = 0;
  Message message;
  bool has_flags = false;
  bool has_only_flags = true;  ///< beside UID and MODSEQ: as a server tells news
  std::uint64_t modseq = 0;
  /// `BODY[1.2]` and `BINARY[1]`: the name without origin, upper case, and the bytes; absent when the server
  /// said NIL.
  std::vector<std::pair<std::string, std::optional<std::string>>> sections;
  [[nodiscard]] const std::string* find_section(std::string_view name) const;
};

/// How much is read of what a server tells.
enum class Detail {
  List,  ///< of envelopes Fetch::Heading: Sender, Reply-To, Message-ID and In-Reply-To stay empty; of
         ///< structures Fetch::Attachment: those of texts alone stay away
  All,
};

/// Unknown items are passed over. Header sections become headers of the message. Errors: BadResponse for what
/// is no list of items.
FetchData parse_fetch(std::uint32_t sequence, std::string_view items, Detail detail = Detail::All);

/// `17-Jul-1996 02:44:25 -0700`. Errors: empty for anything else.
std::optional<Millis> parse_internal_date(std::string_view text);

}  // namespace gw::mail::imap
