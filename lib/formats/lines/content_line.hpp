// One content line of a vCard or iCalendar text: unfolding, then name, parameters and decoded value.
// Tolerant: what real programs write is read. Sources: RFC 6350 section 3, RFC 5545 section 3.1, vCard 2.1
// section 2, RFC 6868.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/lines/property.hpp"

namespace gw::formats::lines {

/// True for a physical line that continues its predecessor, whatever it seems to say. Source: RFC 6350
/// section 3.2.
bool is_folded(std::string_view line);

/// Gives physical and logical lines of a text. Line ends may be CRLF, LF or CR.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}

  /// The next physical line without its end; empty optional at the end of the text. Valid while the text
  /// lives.
  std::optional<std::string_view> next_physical();
  /// The next logical line: folded lines and the soft breaks of quoted-printable are joined, as are the
  /// unindented lines of base64 that some 2.1 writers make. Errors: false at the end of the text.
  bool next_logical(std::string& line);
  /// Where the next physical line starts.
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  [[nodiscard]] std::string_view peek() const;
  /// Moves to a folded line, also over empty ones: text that was converted twice has them everywhere.
  bool skip_to_fold();
  void join_base64(std::string& line);

  std::string_view text_;
  std::size_t position_ = 0;
};

/// How values and parameters are escaped.
enum class Escapes {
  Standard,  ///< of the RFCs
  Legacy,    ///< of vCard 2.1: few in values, none in parameters
};

/// Takes a logical line apart and decodes its value (transfer encoding, charset) into the escaped form of RFC
/// 6350. Errors: empty for a line without name or colon. Limits: 64 parameters, the others are dropped.
std::optional<Property> parse_content_line(std::string_view line, Escapes escapes = Escapes::Standard);

}  // namespace gw::formats::lines
