// The reader collects a header as runs: raw text, and encoded words whose bytes join before their charset is
// undone, because senders split characters between words.
#include "mail/mime/words.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/transfer_encoding.hpp"

namespace gw::mail::mime {
namespace {

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}
bool is_word_blank(char c) { return c == ' ' || c == '\t'; }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

struct Word {
  std::string_view charset, text;
  char encoding = 'q';  ///< 'q' or 'b'
  std::size_t end = 0;  ///< behind the word
};

/// The "?=" that ends a word whose text begins at `from`; npos: there is none. A "?" that a sender forgot to
/// encode may stand before the "=" of a coded byte.
std::size_t find_word_end(std::string_view value, std::size_t from, char encoding) {
  std::size_t end = value.find("?=", from);
  while (encoding == 'q' && end != std::string_view::npos && end + 3 < value.size() &&
         is_hex(value[end + 2]) && is_hex(value[end + 3])) {
    const std::size_t next = value.find("?=", end + 2);
    if (next == std::string_view::npos || value.substr(end, next - end).find("=?") != std::string_view::npos)
      break;
    end = next;
  }
  return end;
}

/// Reads a word that begins with "=?" at `at`; `last_end` is the last "?=" of the value, so that a header
/// full of beginnings is not searched again and again. False: it is none.
bool read_encoded_word(std::string_view value, std::size_t at, std::size_t last_end, Word& word) {
  constexpr std::size_t kLongestCharset = 60;
  const std::size_t charset_end = value.find('?', at + 2);
  if (charset_end == std::string_view::npos || charset_end - at - 2 > kLongestCharset) return false;
  word.charset = value.substr(at + 2, charset_end - at - 2);
  if (word.charset.find_first_of(" \t=<>@,") != std::string_view::npos) return false;
  if (charset_end + 2 >= value.size() || value[charset_end + 2] != '?') return false;
  const char encoding = value[charset_end + 1];
  if (encoding != 'q' && encoding != 'Q' && encoding != 'b' && encoding != 'B') return false;
  word.encoding = encoding == 'b' || encoding == 'B' ? 'b' : 'q';
  const std::size_t begin = charset_end + 3;
  const bool has_end = last_end != std::string_view::npos && begin <= last_end;
  const std::size_t end = has_end ? find_word_end(value, begin, word.encoding) : std::string_view::npos;
  if (end != std::string_view::npos) {
    word.text = value.substr(begin, end - begin);
    word.end = end + 2;
    return true;
  }
  // Cut by a length limit of some server: the word ends with the value, perhaps behind a lone "?".
  word.text = value.substr(begin);
  while (word.text.ends_with('?')) word.text.remove_suffix(1);
  word.end = value.size();
  return !word.text.empty() && word.text.find('?') == std::string_view::npos;
}

std::string decode_q(std::string_view text) {
  const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); };
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      out += ' ';
    } else if (text[i] == '=' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(digit(text[i + 1]) << 4U | digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string decode_text(const Word& word) {
  if (word.encoding == 'q') return decode_q(word.text);
  return decode_transfer(word.text, "base64");
}

/// Collects the result; bytes of equal charset wait here until another one or raw text follows.
class WordCollector {
 public:
  void add_word(const Word& word) {
    const std::string charset = real_charset(word.charset);
    if (charset != charset_) flush();
    charset_ = charset;
    // A base64 word that does not end at a whole group goes on in the next one.
    if (word.encoding == 'b') {
      base64_ += word.text;
      std::size_t symbols = 0;
      for (const char c : base64_)
        if (!is_word_blank(c)) ++symbols;
      if (symbols % 4 != 0 && !base64_.ends_with('=') && base64_.size() < kLongestGroup) return;
    }
    finish_base64();
    if (word.encoding == 'q') bytes_ += decode_text(word);
  }
  void add_raw(std::string_view text) {
    flush();
    text_ += to_utf8(text, {});
  }
  std::string take() {
    flush();
    return std::move(text_);
  }

 private:
  static constexpr std::size_t kLongestGroup = 65'536;
  void finish_base64() {
    if (!base64_.empty()) bytes_ += decode_transfer(base64_ + "==", "base64");
    base64_.clear();
  }
  void flush() {
    finish_base64();
    if (!bytes_.empty()) text_ += to_utf8(bytes_, charset_);
    bytes_.clear();
  }
  std::string text_, bytes_, base64_, charset_;
};

std::string decode_once(std::string_view value) {
  WordCollector out;
  const std::size_t last_end = value.rfind("?=");
  std::size_t at = 0;
  bool is_after_word = false;
  while (at < value.size()) {
    const std::size_t begin = value.find("=?", at);
    if (begin == std::string_view::npos) break;
    Word word;
    if (!read_encoded_word(value, begin, last_end, word)) {
      out.add_raw(value.substr(at, begin + 2 - at));
      at = begin + 2;
      is_after_word = false;
      continue;
    }
    const std::string_view between = value.substr(at, begin - at);
    // RFC 2047 section 6.2: blanks between two words are no text.
    if (!is_after_word || !trim(between).empty()) {
      if (!between.empty()) out.add_raw(between);
    }
    out.add_word(word);
    at = word.end;
    is_after_word = true;
  }
  if (at < value.size()) out.add_raw(value.substr(at));
  return out.take();
}

/// Bytes of the UTF-8 character at `at`.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

void append_q(std::string& out, std::string_view character) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : character) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    // RFC 2047 section 5 (3): only these are safe in the names of addresses, too.
    if (is_plain || c == '!' || c == '*' || c == '+' || c == '-' || c == '/') {
      out += c;
    } else if (c == ' ') {
      out += '_';
    } else {
      out += {'=', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
}

}  // namespace

std::string unfold(std::string_view value) {
  if (value.find('\n') == std::string_view::npos && value.find('\r') == std::string_view::npos)
    return std::string(value);
  std::string out;
  out.reserve(value.size());
  for (const char c : value)
    if (c != '\r' && c != '\n') out += c;
  return out;
}

bool holds_encoded_word(std::string_view text) {
  const std::size_t last_end = text.rfind("?=");
  for (std::size_t at = text.find("=?"); at != std::string_view::npos; at = text.find("=?", at + 2)) {
    Word word;
    if (read_encoded_word(text, at, last_end, word) && word.end <= text.size() &&
        text.substr(word.end - 2, 2) == "?=")
      return true;
  }
  return false;
}

std::string decode_words(std::string_view value) {
  // Most headers: nothing to undo.
  if (is_printable_ascii(value) && value.find("=?") == std::string_view::npos)
    return std::string(trim(value));
  const std::string line = unfold(value);
  std::string text;
  if (line.find("=?") == std::string::npos) {
    text = to_utf8(line, {});
  } else {
    text = decode_once(line);
    if (holds_encoded_word(text)) text = decode_once(text);
  }
  return std::string(trim(clean_line(text)));
}

std::string encode_words(std::string_view utf8, std::size_t first_column) {
  constexpr std::size_t kLongestWord = 75, kLine = 76;
  const std::string text = is_valid_utf8(utf8) ? std::string(utf8) : replace_invalid_utf8(utf8);
  std::size_t high = 0;
  for (const char c : text) high += static_cast<unsigned char>(c) >= 0x80 ? 1 : 0;
  const bool in_base64 = high * 2 > text.size();
  std::string out, piece;
  const auto flush = [&] {
    if (piece.empty()) return;
    if (!out.empty()) out += ' ';
    if (in_base64) {
      TransferEncoder encoder(Encoding::Base64);
      std::string coded = encoder.encode(piece);
      coded += encoder.finish();
      std::erase(coded, '\n');
      out += "=?UTF-8?B?" + coded + "?=";
    } else {
      out += "=?UTF-8?Q?" + piece + "?=";
    }
    piece.clear();
  };
  std::size_t room =
      std::min(kLongestWord, first_column + 30 < kLine ? kLine - first_column : kLongestWord) - 12;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = std::string_view(text).substr(at, character_size(text, at));
    std::string coded;
    if (!in_base64) append_q(coded, character);
    const std::size_t size =
        in_base64 ? (piece.size() + character.size() + 2) / 3 * 4 : piece.size() + coded.size();
    if (size > room) {
      flush();
      room = kLongestWord - 12;
    }
    if (in_base64)
      piece += character;
    else
      piece += coded;
    at += character.size();
  }
  flush();
  return out;
}

}  // namespace gw::mail::mime
