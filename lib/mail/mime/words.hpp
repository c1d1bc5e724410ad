// Encoded words of headers (RFC 2047), as they are and as senders misspell them. One place for all headers.
#pragma once

#include <string>
#include <string_view>

namespace gw::mail::mime {

/// Line breaks of folding removed; the blanks after them stay. Source: RFC 5322 section 2.2.3.
std::string unfold(std::string_view value);

/// The text of an unstructured value in UTF-8, one line, outer blanks trimmed. Understands words inside
/// quotes and glued to text, blanks inside a word, a missing end, characters split over words, raw 8 bit, and
/// text that was encoded twice. Errors: none; what cannot be a word stays as it stands.
/// Threads: any. Cost: linear.
std::string decode_words(std::string_view value);

/// True when the text still holds something that looks like a whole encoded word.
bool holds_encoded_word(std::string_view text);

/// Encoded words for what is not plain ASCII (UTF-8, at most 75 characters each, never in the middle of a
/// character), separated by blanks, unfolded. `first_column`: characters before it on its line.
/// Source: RFC 2047 sections 2 and 5.
std::string encode_words(std::string_view utf8, std::size_t first_column = 0);

}  // namespace gw::mail::mime
