// A command for an IMAP server, written down before it is sent: plain pieces and literals. Source: RFC 9051
// sections 4 and 9, RFC 7888.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/store/transport.hpp"

namespace gw::mail::imap {

/// Limit of a command without its literals; longer sets are split over several commands (spec mal
/// section 8.2).
inline constexpr std::size_t kMaxCommand = 8'000;

class Command {
 public:
  struct Piece {
    enum class Kind { Plain, Literal, Streamed };
    Kind kind = Kind::Plain;
    std::string bytes;
    ByteSource source;  ///< of a streamed literal, read once
    std::int64_t size = 0;
  };

  explicit Command(std::string_view words) : pieces_{{Piece::Kind::Plain, std::string(words), {}, 0}} {}
  /// As it stands, with a blank before it.
  Command& add(std::string_view words);
  /// Quoted where possible, else a literal; NUL is dropped.
  Command& add_string(std::string_view text);
  /// A literal whose bytes come from a source.
  Command& add_stream(ByteSource source, std::int64_t size);
  /// Without a blank before it: for what follows an opening bracket.
  Command& join(std::string_view text);
  Command& join_string(std::string_view text);
  /// Its bytes are overwritten after sending, and never logged.
  Command& mark_secret() {
    is_secret_ = true;
    return *this;
  }

  /// A bracket; what is added next stands right behind it.
  Command& open_list();

  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  [[nodiscard]] bool is_secret() const { return is_secret_; }
  /// No streamed literal: it may be sent again.
  [[nodiscard]] bool is_plain() const;

 private:
  std::string& plain();
  void add_blank();
  std::vector<Piece> pieces_;
  bool is_secret_ = false, needs_no_blank_ = false;
};

/// `"text"` with escapes. Errors: empty when it must be a literal (8 bit, line ends, over 1,000 bytes).
std::string quote(std::string_view text);

/// `07-Feb-1994 21:52:25 +0000`. Source: RFC 9051, date-time.
std::string format_internal_date(std::int64_t millis);
/// `7-Feb-1994`, the day of an instant in UTC.
std::string format_search_date(std::int64_t millis);

}  // namespace gw::mail::imap
