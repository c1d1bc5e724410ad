// Text rules that hold everywhere: UTF-8 checks, trimming, lists, folding for search, collation for lists.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace gw {

bool is_valid_utf8(std::string_view text);
/// Each broken sequence becomes U+FFFD.
std::string replace_invalid_utf8(std::string_view text);
/// Number of code points; invalid bytes count one each.
std::size_t count_characters(std::string_view utf8);
/// The first `count` code points.
std::string_view first_characters(std::string_view utf8, std::size_t count);
/// True for C0 controls other than tab, line feed and carriage return, and for DEL.
bool has_control_characters(std::string_view text);

std::string_view trim(std::string_view text);
std::string_view trim_right(std::string_view text);
/// ASCII only: for tokens of protocols, never for what people write.
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);
bool equal_ignoring_ascii_case(std::string_view a, std::string_view b);

/// Splits at every separator and trims each part; empty parts are kept. Views into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
/// A text that ends before its parts do.
template <class Text>
requires std::is_same_v<std::remove_const_t<Text>, std::string> std::vector<std::string_view> split(
    Text&& text, char separator)
= delete;
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// Whole decimal number with optional sign, blanks around it allowed.
std::optional<std::int64_t> parse_integer(std::string_view text);
/// The API's spelling: true, 1, yes, y, on in any case are true, everything else false (spec conventions 1).
bool parse_boolean(std::string_view text);

/// Escapes & < > " ' for HTML text and attributes.
std::string escape_html(std::string_view text);
/// Percent-encodes everything but RFC 3986 unreserved characters.
std::string percent_encode(std::string_view text);
/// Decodes %XX and, in form data, '+'. Errors: empty on a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

/// Case and accents removed, for comparing what people typed: NFKD, marks dropped, full case folding.
/// "Müller", "MULLER" and "muller" fold to the same bytes. Cost: linear; ASCII takes a fast path.
std::string fold(std::string_view utf8);
/// True when `text` matches `pattern` with `*` (any run) and `?` (one character). Both already folded.
bool matches_wildcards(std::string_view text, std::string_view pattern);

/// Collation of one locale. Cheap to make again: collators are cached per thread.
/// Threads: a value belongs to the thread that made it.
class Collator {
 public:
  /// `locale` in `de_DE` form; unknown ones give the root collation. `collation` may be "gbk" or "gb2312"
  /// (Chinese order, spec contacts section 8), "numeric" (digits compare as numbers: natural order of file
  /// names) or empty.
  explicit Collator(std::string_view locale, std::string_view collation = {});
  /// Bytes that compare (memcmp) like the texts do.
  [[nodiscard]] std::string sort_key(std::string_view utf8) const;
  [[nodiscard]] int compare(std::string_view a, std::string_view b) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace gw
