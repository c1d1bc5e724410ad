// Escaping of text in content lines: components split at ';', lists at ',', backslash escapes. Source: RFC
// 6350 section 3.4, RFC 5545 section 3.3.11.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::formats::lines {

/// Escapes backslash, comma, semicolon and line break.
std::string escape_text(std::string_view text);
/// For URI values: only what would break the line or be read as an escape.
std::string escape_uri(std::string_view text);
/// Undoes every escape; an unknown one loses its backslash.
std::string unescape_text(std::string_view value);
/// Splits at unescaped separators; the parts stay escaped. Limits: 1,000 parts, the rest stays in the last
/// one.
std::vector<std::string_view> split_value(std::string_view value, char separator);
/// 2.1 text (only `\;` and the few escapes phones write count) to the escaped form of RFC 6350.
/// `comma_is_list` keeps commas as separators, as in CATEGORIES.
std::string escape_legacy(std::string_view text, bool comma_is_list);

/// True when the blank-separated word list holds the word.
bool holds_word(std::string_view words, std::string_view word);

}  // namespace gw::formats::lines
