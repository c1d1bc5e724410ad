// Reading and joining parameters. Not for the values of other headers: those are words.cpp and addresses.cpp.
#include "mail/mime/parameters.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

#include "core/text.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::size_t kMaxNames = 200, kMaxSegments = 1'000;
/// Highest number of a continuation that is believed.
constexpr std::int64_t kMaxContinuation = 9'999;

bool is_folding_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class ParameterReader {
 public:
  explicit ParameterReader(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip() { ++at_; }
  /// Blanks and comments.
  void skip_space() {
    while (!at_end()) {
      if (is_folding_blank(peek())) {
        ++at_;
      } else if (peek() == '(') {
        skip_comment();
      } else {
        return;
      }
    }
  }
  std::string_view take_until(std::string_view stops) {
    const std::size_t begin = at_;
    while (!at_end() && stops.find(peek()) == std::string_view::npos) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  /// Behind the opening quote. Without a closing one the value ends at the next semicolon.
  std::string take_quoted() {
    std::string out;
    const std::size_t begin = at_;
    for (; !at_end(); ++at_) {
      if (peek() == '"') {
        ++at_;
        return out;
      }
      if (peek() == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\'))
        ++at_;
      out += peek();
    }
    at_ = begin;
    return std::string(trim(take_until(";")));
  }

 private:
  void skip_comment() {
    int depth = 0;
    do {
      if (peek() == '\\') {
        ++at_;
      } else if (peek() == '(') {
        ++depth;
      } else if (peek() == ')') {
        --depth;
      }
      ++at_;
    } while (!at_end() && depth > 0);
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

/// One number of RFC 2231 behind a name: `name*`, `name*3`, `name*3*`.
struct SegmentName {
  std::string name;
  std::int64_t number = -1;  ///< -1: whole value
  bool is_extended = false;
};

SegmentName split_name(std::string_view written) {
  SegmentName out;
  std::string name = to_lower_ascii(trim(written));
  if (name.ends_with('*')) {
    out.is_extended = true;
    name.pop_back();
  }
  const std::size_t star = name.rfind('*');
  if (star != std::string::npos) {
    const auto number = parse_integer(std::string_view(name).substr(star + 1));
    if (number && *number >= 0 && *number <= kMaxContinuation) {
      out.number = *number;
      name.resize(star);
    }
  }
  out.name = std::move(name);
  return out;
}

std::string percent_bytes(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Takes `charset'language'` away from the front. Empty when the sender forgot it.
std::string take_charset(std::string_view& value) {
  const std::size_t first = value.find('\'');
  if (first == std::string_view::npos || first > 60) return {};
  const std::size_t second = value.find('\'', first + 1);
  if (second == std::string_view::npos) return {};
  std::string charset(value.substr(0, first));
  if (!charset.empty() && real_charset(charset).empty() && charset.find('%') != std::string::npos) return {};
  value.remove_prefix(second + 1);
  return charset;
}

/// All spellings of one parameter.
struct Spellings {
  std::optional<std::string> plain, extended;
  std::map<std::int64_t, std::pair<std::string, bool>> segments;
};

std::string decode_extended(std::string_view value) {
  const std::string charset = take_charset(value);
  const std::string text = clean_line(to_utf8(percent_bytes(value), charset));
  return holds_encoded_word(text) ? decode_words(text) : text;
}

std::string join_segments(const Spellings& of) {
  std::string bytes, charset;
  bool is_extended = false;
  std::int64_t expected = of.segments.begin()->first;  // some begin with 1
  for (const auto& [number, segment] : of.segments) {
    if (number != expected++) break;  // a missing piece ends the value: what follows has no place
    std::string_view text = segment.first;
    if (segment.second && !is_extended) {
      is_extended = true;
      charset = take_charset(text);
    }
    bytes += segment.second ? percent_bytes(text) : std::string(text);
  }
  if (!is_extended) return decode_words(bytes);
  const std::string text = clean_line(to_utf8(bytes, charset));
  return holds_encoded_word(text) ? decode_words(text) : text;
}

std::string value_of(const Spellings& of) {
  if (of.extended) return decode_extended(*of.extended);
  if (!of.segments.empty()) return join_segments(of);
  return of.plain ? decode_words(*of.plain) : std::string();
}

bool is_token(std::string_view text) {
  return !text.empty() && text.size() < 60 && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7F && std::string_view("()<>@,;:\\\"/[]?=*'%").find(c) == std::string_view::npos;
  });
}

/// Percent-coded bytes in pieces of at most `room`, never between the bytes of one character.
std::vector<std::string> percent_pieces(std::string_view utf8, std::size_t first_room, std::size_t room) {
  std::vector<std::string> pieces(1);
  std::size_t left = first_room;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t size = 1;
    while (at + size < utf8.size() && (static_cast<unsigned char>(utf8[at + size]) & 0xC0U) == 0x80U) ++size;
    const std::string coded = percent_encode(utf8.substr(at, size));
    if (coded.size() > left) {
      pieces.emplace_back();
      left = room;
    }
    pieces.back() += coded;
    left -= std::min(left, coded.size());
    at += size;
  }
  return pieces;
}

}  // namespace

ParameterizedValue parse_value(std::string_view header) {
  ParameterizedValue out;
  ParameterReader reader(header);
  reader.skip_space();
  out.value = std::string(trim(unfold(reader.take_until(";( \t\r\n"))));
  Parameters raw;
  while (!reader.at_end() && raw.size() < kMaxSegments) {
    reader.skip_space();
    if (reader.peek() == ';') {
      reader.skip();
      continue;
    }
    const std::string name = unfold(reader.take_until("=;\""));
    if (reader.peek() != '=') {
      if (!reader.at_end()) reader.skip();
      continue;
    }
    reader.skip();
    while (!reader.at_end() && is_folding_blank(reader.peek())) reader.skip();
    std::string value;
    if (reader.peek() == '"') {
      reader.skip();
      value = unfold(reader.take_quoted());
    } else {
      // A file name keeps its blanks and brackets (`filename=my file (1).doc`); other values end at a blank.
      const bool is_name = to_lower_ascii(name).find("name") != std::string::npos;
      value = std::string(trim(unfold(reader.take_until(is_name ? ";" : "; \t\r\n"))));
    }
    if (!trim(name).empty()) raw.emplace_back(std::string(trim(name)), std::move(value));
  }
  out.parameters = decode_parameters(raw);
  return out;
}

namespace {

/// Most parts: few parameters, none in pieces. Empty for others.
std::optional<Parameters> decode_plain_parameters(const Parameters& raw) {
  constexpr std::size_t kFew = 8;
  const bool is_plain = raw.size() <= kFew && std::none_of(raw.begin(), raw.end(), [](const auto& each) {
                          return each.first.find('*') != std::string::npos;
                        });
  if (!is_plain) return std::nullopt;
  Parameters out;
  out.reserve(raw.size());
  for (const auto& [written, value] : raw) {
    std::string name = to_lower_ascii(trim(written));
    // The first of two counts, as below.
    if (!find_parameter(out, name)) out.emplace_back(std::move(name), decode_words(value));
  }
  return out;
}

}  // namespace

Parameters decode_parameters(const Parameters& raw) {
  if (auto plain = decode_plain_parameters(raw)) return std::move(*plain);
  std::vector<std::pair<std::string, Spellings>> found;
  std::map<std::string, std::size_t> places;
  std::size_t count = 0;
  for (const auto& [written, value] : raw) {
    if (++count > kMaxSegments) break;
    SegmentName name = split_name(written);
    auto place = places.find(name.name);
    if (place == places.end()) {
      if (found.size() >= kMaxNames) continue;
      place = places.emplace(name.name, found.size()).first;
      found.emplace_back(name.name, Spellings{});
    }
    Spellings& spellings = found[place->second].second;
    // The first of two equal spellings counts, as everywhere in mail headers.
    if (name.number >= 0) {
      spellings.segments.try_emplace(name.number, value, name.is_extended);
    } else if (name.is_extended) {
      if (!spellings.extended) spellings.extended = value;
    } else if (!spellings.plain) {
      spellings.plain = value;
    }
  }
  Parameters out;
  out.reserve(found.size());
  for (const auto& [name, spellings] : found) out.emplace_back(name, value_of(spellings));
  return out;
}

std::optional<std::string> find_parameter(const Parameters& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<std::string> clean_filename(std::string_view decoded) {
  constexpr std::size_t kLongest = 255;  // characters
  std::string line = clean_line(decoded);
  std::string_view name = trim(line);
  const std::size_t folder = name.find_last_of("/\\");
  if (folder != std::string_view::npos) name = trim(name.substr(folder + 1));
  if (name.empty() || name == "." || name == "..") return std::nullopt;
  return std::string(first_characters(name, kLongest));
}

void apply_parameters(Part& part, Parameters of_type, const Parameters& of_disposition) {
  part.parameters = std::move(of_type);
  part.charset = find_parameter(part.parameters, "charset").value_or("");
  part.filename.reset();
  if (const auto name = find_parameter(of_disposition, "filename")) part.filename = clean_filename(*name);
  if (!part.filename)
    if (const auto name = find_parameter(of_disposition, "name")) part.filename = clean_filename(*name);
  if (!part.filename)
    if (const auto name = find_parameter(part.parameters, "name")) part.filename = clean_filename(*name);
}

std::vector<std::string> encode_parameter(std::string_view name, std::string_view utf8) {
  const std::string key(name);
  const bool is_ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= ' ' && c < 0x7F; });
  if (is_token(utf8)) return {key + "=" + std::string(utf8)};
  // What could be taken for an encoded word is never written as it is.
  if (is_ascii && utf8.size() < 60 && utf8.find("=?") == std::string_view::npos) {
    std::string quoted = key + "=\"";
    for (const char c : utf8) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    return {quoted + "\""};
  }
  constexpr std::size_t kLine = 70;
  const std::size_t room = kLine - std::min<std::size_t>(key.size() + 6, 40);
  std::vector<std::string> pieces = percent_pieces(utf8, room - 7, room);
  if (pieces.size() == 1) return {key + "*=UTF-8''" + pieces.front()};
  for (std::size_t i = 0; i < pieces.size(); ++i)
    pieces[i] = key + "*" + std::to_string(i) + "*=" + (i == 0 ? "UTF-8''" : "") + pieces[i];
  return pieces;
}

}  // namespace gw::mail::mime
