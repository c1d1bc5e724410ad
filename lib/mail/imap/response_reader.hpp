// Responses of an IMAP server from bytes that come in any pieces, for whoever cannot wait for the rest of
// one. read_response_text (response.hpp) does the same for threads that can. Source: RFC 9051 section 4.3.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gw::mail::imap {

/// Threads: one at a time.
class ResponseReader {
 public:
  /// `longest`: of one response with its literals; more is never held.
  explicit ResponseReader(std::size_t longest) : longest_(longest) {}

  void feed(std::string_view bytes);
  /// The next response, without its line end and with its literals in place; empty when more must come.
  /// Errors: BadResponse for one that is too long.
  std::optional<std::string> next();
  /// What came and was not taken does not count.
  void clear();

 private:
  /// Past the literal that a line announced. Returns: false when more must come.
  bool skip_literal();

  const std::size_t longest_;
  std::string bytes_;
  std::size_t begin_ = 0;    ///< of the response
  std::size_t line_ = 0;     ///< of its last line
  std::size_t looked_ = 0;   ///< up to here there is no line end
  std::size_t literal_ = 0;  ///< bytes of it that must still be passed over
};

}  // namespace gw::mail::imap
