// One response of an IMAP server: read from a connection with all its literals, and split into its first
// words. Source: RFC 9051 section 7.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "mail/imap/value.hpp"
#include "mail/net/stream.hpp"

namespace gw::mail::imap {

struct Response {
  enum class Kind { Continue, Tagged, Untagged };
  Kind kind = Kind::Untagged;
  std::string tag;
  std::string word;          ///< upper case: OK NO BAD BYE PREAUTH, FETCH, LIST …
  std::uint32_t number = 0;  ///< of `* 12 EXISTS`
  std::string code;          ///< upper case, without brackets; empty: none
  std::string arguments;     ///< of the code
  std::string text;          ///< human text of a status, else everything behind the word
  [[nodiscard]] bool is_ok() const { return word == "OK" || word == "PREAUTH"; }
  [[nodiscard]] bool is_status() const {
    return word == "OK" || word == "NO" || word == "BAD" || word == "BYE" || word == "PREAUTH";
  }
};

/// Errors: BadResponse for a line that is no response.
Response parse_response(std::string_view line);

/// The first line is a status or a continuation: its text is free, so what looks like a literal at its end is
/// none.
bool has_free_text(std::string_view line);

/// Limits: bytes of one line, of one literal that is kept, and of a response in all.
inline constexpr std::size_t kMaxLine = 16U << 20U;
inline constexpr std::size_t kMaxLiteral = 32U << 20U;
inline constexpr std::size_t kMaxResponse = 64U << 20U;

/// Takes the bytes of literals that belong to a section of a FETCH instead of keeping them; false gives up.
using LiteralSink = std::function<bool(std::string_view)>;

/// The next response with its literals in place. With a sink, literals behind `BODY[…]` or `BINARY[…]` of a
/// FETCH go there and stand as `{0}` in the text. Errors: as Stream; MSG-1027 beyond the limits; MSG-0015
/// when the sink gave up.
std::string read_response_text(net::Stream& stream, const LiteralSink& sink);

}  // namespace gw::mail::imap
