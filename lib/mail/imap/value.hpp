// Values inside IMAP responses (atoms, strings, lists) and the cursor that reads them. A response is one text
// in which literals stand in place, `{n}` CRLF and n bytes; so parsing needs no connection. Source: RFC 9051
// sections 4 and 9.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::imap {

/// A server that does not keep to the protocol. The connection turns it into MSG-1027 and is given up.
class BadResponse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Limits of one response: lists in lists (deeper ones are read and dropped), and values in all.
inline constexpr std::size_t kMaxValueDepth = 220;
inline constexpr std::size_t kMaxValues = 500'000;

/// Lasts as long as its cursor and the text of that.
struct Value {
  enum class Kind { Nil, Atom, String, List };
  Kind kind = Kind::Nil;
  std::string_view text;         ///< of an atom or a string
  std::span<const Value> items;  ///< of a list

  [[nodiscard]] bool is_nil() const { return kind == Kind::Nil; }
  [[nodiscard]] bool is_list() const { return kind == Kind::List; }
  /// The item, or NIL where the list is shorter.
  [[nodiscard]] const Value& at(std::size_t index) const;
  /// Empty for NIL and lists.
  [[nodiscard]] std::optional<std::string_view> string() const;
  /// 0 where it is no number that fits.
  [[nodiscard]] std::uint64_t number() const;
  bool operator==(const Value& other) const;
};

/// Reads values one after the other. Blanks before a value are passed over, also where they should not be or
/// should be missing: servers differ. Views point into the text given. Cost: no memory of its own for each
/// value, as a list of mails has thousands.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  /// True when only blanks are left.
  bool at_end();
  /// Errors: BadResponse at the end, for a lone ")" and for a literal longer than the text.
  Value next();
  /// Up to the next blank or bracket, as it stands. Empty at the end.
  std::string_view next_word();
  /// Takes `c` if it comes next.
  bool take(char c);
  /// The character that comes next after blanks; 0 at the end.
  char peek();
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  void skip_blanks();
  std::string_view read_quoted();
  /// A quoted string that has a backslash, from behind its opening quote.
  std::string_view read_escaped();
  std::string_view read_atom();
  /// Empty when no literal begins here.
  std::optional<std::string_view> read_literal();
  Value read_plain();
  /// Makes a list of the last of `waiting_`, from `begin` on.
  Value close_list(std::size_t begin);

  static constexpr std::size_t kFirstBytes = 8'192, kUsualItems = 32, kUsualDepth = 8;
  std::string_view rest_;
  std::size_t values_ = 0;
  std::array<std::byte, kFirstBytes> first_;
  std::pmr::monotonic_buffer_resource memory_{first_.data(), first_.size()};
  std::pmr::vector<Value> waiting_{&memory_};     ///< items of the open lists, the innermost one last
  std::pmr::vector<std::size_t> open_{&memory_};  ///< where the items of each open list begin
};

/// Decimal digits only. Errors: empty for other text and for numbers beyond 64 bits.
std::optional<std::uint64_t> parse_number(std::string_view digits);

/// ASCII only: words of the protocol.
std::string to_upper(std::string_view text);

/// `{n}`, `{n+}`, `~{n}` at the end of a line: the number of bytes that follow.
std::optional<std::uint64_t> literal_at_end(std::string_view line);

}  // namespace gw::mail::imap
