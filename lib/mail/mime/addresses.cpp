// The reader cuts a list at the commas that are not inside quotes, comments, brackets or encoded words, and
// then reads each mailbox by itself: one broken entry spoils no other.
#include "mail/mime/addresses.hpp"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/text.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::mime {
namespace {

/// Some servers put this where the sender gave no domain. Source: spec mail section 3.
constexpr std::string_view kInventedDomain = "@unspecified-domain";
constexpr std::string_view kPhoneType = "/TYPE=PLMN";

/// Cursor over a header value that knows what must not be torn apart.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return text_[at_]; }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] std::string_view since(std::size_t begin) const { return text_.substr(begin, at_ - begin); }
  void skip(std::size_t count = 1) { at_ += count; }
  /// Moves over one unit: a quoted string, a comment, an encoded word, or one character. Inside <> the caller
  /// asks for single characters.
  void skip_unit() {
    if (peek() == '"' && closes('"')) {
      skip_quoted();
    } else if (peek() == '(') {
      skip_comment();
    } else if (text_.substr(at_, 2) == "=?") {
      skip_word();
    } else {
      ++at_;
    }
  }

 private:
  /// A quote without partner is a character like any other. Asked once per text: the answer for "none left"
  /// holds for the rest.
  bool closes(char quote) {
    if (no_more_quotes_) return false;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\')
        ++i;
      else if (text_[i] == quote)
        return true;
    }
    no_more_quotes_ = true;
    return false;
  }
  void skip_quoted() {
    for (++at_; !at_end() && peek() != '"'; ++at_)
      if (peek() == '\\') ++at_;
    at_ = std::min(at_ + 1, text_.size());
  }
  void skip_comment() {
    const std::size_t begin = at_;
    int depth = 0;
    for (; !at_end() && !no_more_comments_; ++at_) {
      if (peek() == '\\') {
        ++at_;
      } else if (peek() == '(') {
        ++depth;
      } else if (peek() == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
    no_more_comments_ = true;
    at_ = begin + 1;  // never closed: a character like any other
  }
  void skip_word() {
    constexpr std::size_t kLongest = 1'000;
    const std::string_view rest = text_.substr(at_, kLongest);
    const std::size_t blank = std::min(rest.find_first_of(" \t<>"), rest.size());
    const std::size_t charset = rest.find('?', 2);
    const std::size_t encoding = charset < blank ? rest.find('?', charset + 1) : std::string_view::npos;
    const std::size_t end = encoding < blank ? rest.find("?=", encoding + 1) : std::string_view::npos;
    at_ += end != std::string_view::npos && end < blank ? end + 2 : 2;
  }
  std::string_view text_;
  std::size_t at_ = 0;
  bool no_more_quotes_ = false, no_more_comments_ = false;
};

/// Quotes and backslashes of quoted strings undone; comments go to `comment`, blanks outside quotes squeezed.
std::string read_phrase(std::string_view text, std::string& comment) {
  std::string out;
  bool is_quoted = false;
  int depth = 0;
  const bool has_pairs = std::count(text.begin(), text.end(), '"') % 2 == 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() && (is_quoted || depth > 0)) {
      (depth > 0 ? comment : out) += text[++i];
    } else if (c == '"' && depth == 0 && has_pairs) {
      is_quoted = !is_quoted;
    } else if (c == '(' && !is_quoted) {
      if (depth++ > 0) comment += c;
    } else if (c == ')' && !is_quoted && depth > 0) {
      if (--depth > 0) comment += c;
    } else {
      (depth > 0 ? comment : out) += c;
    }
  }
  return out;
}

/// The text between < and >, without the obsolete route.
std::string_view without_route(std::string_view address) {
  if (!address.starts_with('@')) return address;
  const std::size_t colon = address.find(':');
  return colon == std::string_view::npos ? address : address.substr(colon + 1);
}

std::string clean_address(std::string_view written) {
  std::string out;
  out.reserve(written.size());
  bool is_quoted = false;
  int depth = 0;
  for (const char c : without_route(trim(written))) {
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && c == '(') ++depth;
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (depth == 0 && !(is_space && !is_quoted) && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      out += c;
    if (!is_quoted && c == ')' && depth > 0) --depth;
  }
  while (out.ends_with(';') || out.ends_with(',') || out.ends_with('>')) out.pop_back();
  while (out.starts_with('<')) out.erase(0, 1);
  constexpr std::string_view kScheme = "mailto:";
  if (equal_ignoring_ascii_case(std::string_view(out).substr(0, kScheme.size()), kScheme))
    out.erase(0, kScheme.size());
  if (!is_valid_utf8(out)) out = replace_invalid_utf8(out);
  return out;
}

/// How long a quoted local part at the beginning is (`"Doe, J"@x`); 0: there is none.
std::size_t quoted_local_part(std::string_view text) {
  if (!text.starts_with('"')) return 0;
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return at + 1 < text.size() && text[at + 1] == '@' ? at + 1 : 0;
}

/// How far a reader inside <> goes: over a quoted local part at its beginning, else over one character.
std::size_t step_in_brackets(std::string_view line, std::size_t at) {
  return line[at - 1] == '<' ? std::max<std::size_t>(quoted_local_part(line.substr(at)), 1) : 1;
}

/// One entry of a list. False: nothing in it.
bool read_mailbox(std::string_view text, AddressList& to) {
  text = trim(text);
  if (text.empty()) return false;
  Scanner scanner(text);
  std::size_t open = std::string_view::npos;
  while (!scanner.at_end()) {
    if (scanner.peek() == '<') {
      open = scanner.position();  // the last bracket counts: `<b>Bob <bob@x>`
      scanner.skip();
    } else {
      scanner.skip_unit();
    }
  }
  std::string comment;
  if (open != std::string_view::npos) {
    const std::size_t close = text.find('>', open + 1 + quoted_local_part(text.substr(open + 1)));
    const std::string_view inside =
        text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
    const std::string_view before = text.substr(0, open);
    std::string name = read_phrase(before, comment);
    if (trim(name).empty()) name = comment;
    to.push_back(
        make_address(trim(before).empty() ? std::nullopt : std::optional<std::string_view>(name), inside));
    return true;
  }
  const std::string plain = read_phrase(text, comment);
  if (text.find('@') != std::string_view::npos || trim(plain).find(' ') == std::string_view::npos) {
    if (holds_encoded_word(text) && text.find('@') == std::string_view::npos) {
      to.push_back({decode_words(plain), {}});
    } else {
      to.push_back(make_address(
          trim(comment).empty() ? std::nullopt : std::optional<std::string_view>(comment), text));
    }
    return true;
  }
  to.push_back({decode_words(plain), {}});
  return true;
}

/// A name whose comma nobody quoted: `Doe, John <john@example.org>`.
bool is_lone_name(std::string_view piece) {
  return !trim(piece).empty() && piece.find_first_of("@<>\":") == std::string_view::npos;
}

using Idna = std::unique_ptr<UIDNA, decltype(&uidna_close)>;
constexpr std::uint32_t kIdnaOptions = UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE;

/// `xn--` in any case.
bool holds_coded_label(std::string_view domain) {
  for (std::size_t at = domain.find("--"); at != std::string_view::npos; at = domain.find("--", at + 1))
    if (at >= 2 && equal_ignoring_ascii_case(domain.substr(at - 2, 2), "xn")) return true;
  return false;
}

std::string convert_domain(std::string_view address, bool to_ascii) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at + 1 == address.size() || address.size() - at > 512)
    return std::string(address);
  const std::string_view domain = address.substr(at + 1);
  if (to_ascii
          ? std::all_of(domain.begin(), domain.end(), [](char c) { return static_cast<signed char>(c) >= 0; })
          : !holds_coded_label(domain))
    return std::string(address);
  UErrorCode status = U_ZERO_ERROR;
  const Idna idna(uidna_openUTS46(kIdnaOptions, &status), &uidna_close);
  if (U_FAILURE(status)) return std::string(address);
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::array<char, 1024> out{};
  const auto convert = to_ascii ? uidna_nameToASCII_UTF8 : uidna_nameToUnicodeUTF8;
  const std::int32_t length = convert(idna.get(), domain.data(), static_cast<std::int32_t>(domain.size()),
                                      out.data(), static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) || info.errors != 0) return std::string(address);
  return std::string(address.substr(0, at + 1)) + std::string(out.data(), static_cast<std::size_t>(length));
}

bool is_phrase_of_atoms(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" !#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  });
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

Address make_address(std::optional<std::string_view> name, std::string_view address) {
  Address out;
  if (name) {
    std::string decoded = decode_words(*name);
    // Encoded words inside quotes, or quotes inside encoded words: the quotes are syntax either way.
    if (decoded.size() >= 2 && decoded.front() == '"' && decoded.back() == '"')
      decoded = trim(std::string_view(decoded).substr(1, decoded.size() - 2));
    out.personal = std::move(decoded);
  }
  out.address = clean_address(address);
  while (out.address.ends_with(kInventedDomain))
    out.address.resize(out.address.size() - kInventedDomain.size());
  const std::size_t phone = out.address.find(kPhoneType);
  if (phone != std::string::npos && phone > 0) out.address.resize(phone);
  out.address = to_unicode_domain(out.address);
  return out;
}

AddressList parse_addresses(std::string_view value) {
  const std::string line = unfold(value);
  AddressList out;
  Scanner scanner(line);
  std::size_t begin = 0;
  std::string held;  // lone names before a comma
  const std::size_t last_bracket = line.rfind('>');
  bool is_in_brackets = false, is_route = false;
  const auto finish = [&](bool at_comma) {
    std::string piece = held + std::string(scanner.since(begin));
    held.clear();
    if (at_comma && is_lone_name(piece) && piece.size() < 200) {
      held = piece + ",";
      return;
    }
    if (piece.ends_with(',')) piece.pop_back();
    // What waited turns out to be names of its own when no bracket follows.
    if (piece.find('<') == std::string::npos && piece.find('"') == std::string::npos) {
      for (const std::string_view single : split(piece, ','))
        if (out.size() < kMaxAddresses) read_mailbox(single, out);
    } else if (out.size() < kMaxAddresses) {
      read_mailbox(piece, out);
    }
  };
  while (!scanner.at_end()) {
    const char c = scanner.peek();
    if (is_in_brackets && c != '>' && c != ',') {
      scanner.skip(step_in_brackets(line, scanner.position()));
      continue;
    }
    if (c == '<') {
      is_in_brackets = last_bracket != std::string::npos && scanner.position() < last_bracket;
      // An obsolete route (`<@a,@b:c@d>`) holds commas inside the brackets.
      is_route = is_in_brackets && line[scanner.position() + 1] == '@';
    }
    if (c == '>') is_in_brackets = false;
    if (is_in_brackets && c == ',' && is_route) {
      scanner.skip();
    } else if (c == ',' || c == ';') {
      is_in_brackets = false;
      finish(c == ',');
      scanner.skip();
      begin = scanner.position();
    } else if (c == ':') {
      const std::string_view so_far = scanner.since(begin);
      const bool is_group =
          so_far.find_first_of("@<[") == std::string_view::npos && to_lower_ascii(trim(so_far)) != "mailto";
      scanner.skip();
      if (is_group) {
        begin = scanner.position();
        held.clear();
      }
    } else if (c == '<') {
      scanner.skip();
    } else {
      scanner.skip_unit();
    }
  }
  finish(false);
  return out;
}

std::string display_name(std::string_view personal) {
  if (personal.empty() || personal.find_first_of("()<>[]:;@\\,.\"") == std::string_view::npos)
    return std::string(personal);
  return quote(personal);
}

std::string display_address(const Address& address) {
  if (!address.personal || address.personal->empty()) return address.address;
  return display_name(*address.personal) + " <" + address.address + ">";
}

std::string to_ascii_domain(std::string_view address) { return convert_domain(address, true); }
std::string to_unicode_domain(std::string_view address) { return convert_domain(address, false); }

bool needs_smtputf8(std::string_view address) {
  const std::string ascii = to_ascii_domain(address);
  return std::any_of(ascii.begin(), ascii.end(), [](char c) { return static_cast<signed char>(c) < 0; });
}

bool is_plausible_address(std::string_view address) {
  constexpr std::size_t kLongest = 318;
  if (address.size() > kLongest || !is_valid_utf8(address)) return false;
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size()) return false;
  const auto is_bad = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
           std::string_view("<>(),;:\\\"").find(c) != std::string_view::npos;
  };
  std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  const bool is_literal = domain.starts_with('[') && domain.ends_with(']');
  if (std::any_of(domain.begin(), domain.end(),
                  [&](char c) { return is_bad(c) && !(is_literal && c == ':'); }))
    return false;
  if (local.size() > 2 && local.starts_with('"') && local.ends_with('"')) {
    const std::string_view inside = local.substr(1, local.size() - 2);
    return std::none_of(inside.begin(), inside.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '"' || c == '\\';
    });
  }
  return local.find('@') == std::string_view::npos && std::none_of(local.begin(), local.end(), is_bad);
}

std::string format_addresses(const AddressList& list) {
  std::string out;
  for (const Address& entry : list) {
    if (!out.empty()) out += ", ";
    const std::string address = to_ascii_domain(entry.address);
    if (!entry.personal || entry.personal->empty()) {
      out += address;
      continue;
    }
    const std::string& name = *entry.personal;
    const bool is_ascii = std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < 0x7F; });
    if (!is_ascii || name.find("=?") != std::string::npos)
      out += encode_words(name, 0);
    else
      out += is_phrase_of_atoms(name) ? name : quote(name);
    out += " <" + address + ">";
  }
  return out;
}

}  // namespace gw::mail::mime
