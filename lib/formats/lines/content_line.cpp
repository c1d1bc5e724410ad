// Name, parameters and value of one logical line.
#include "formats/lines/content_line.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "formats/charset.hpp"
#include "formats/lines/text_value.hpp"

namespace gw::formats::lines {
namespace {

constexpr std::size_t kMaxParameters = 64;

/// Letters, digits, '-' and '_': what a name may be made of. Anything else is no content line (or no
/// parameter).
bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// Where the value starts: the first colon outside quotes, or the first of all when quotes do not match.
std::size_t find_colon(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"')
      quoted = !quoted;
    else if (line[i] == ':' && !quoted)
      return i;
  }
  return line.find(':');
}

/// Source: RFC 6868 section 3.
std::string decode_carets(std::string_view text) {
  if (text.find('^') == std::string_view::npos) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '^' && (next == 'n' || next == '\'' || next == '^')) {
      out += next == 'n' ? '\n' : next == '^' ? '^' : '"';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// A parameter without name is a value whose name follows from what it says. Source: vCard 2.1 section 2.1.
std::string_view name_of_bare_value(std::string_view upper) {
  if (holds_word("QUOTED-PRINTABLE BASE64 8BIT 7BIT B Q", upper)) return "ENCODING";
  if (holds_word("INLINE URL CONTENT-ID CID", upper)) return "VALUE";
  return "TYPE";
}

std::string_view without_quotes(std::string_view raw) {
  return raw.size() >= 2 && raw.front() == '"' && raw.back() == '"' ? raw.substr(1, raw.size() - 2) : raw;
}

void add_value(Property& property, const std::string& name, std::string_view raw, Escapes escapes) {
  const bool quoted = without_quotes(raw).size() < raw.size();
  raw = without_quotes(raw);
  // TYPE="work,voice" is a common reading of RFC 6350 and means two types.
  if (quoted && name == "TYPE" && raw.find(',') != std::string_view::npos) {
    for (const std::string_view part : split(raw, ',')) property.add_parameter(name, guess_utf8(part));
    return;
  }
  const std::string value = escapes == Escapes::Legacy ? std::string(raw) : decode_carets(raw);
  property.add_parameter(name, guess_utf8(value));
}

/// Splits outside quotes.
std::vector<std::string_view> split_unquoted(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == separator && !quoted) {
      parts.push_back(text.substr(start, i - start));
      start = i + 1;
    }
  }
  parts.push_back(text.substr(start));
  return parts;
}

void parse_parameters(Property& property, std::string_view text, Escapes escapes) {
  std::vector<std::string_view> parts = split_unquoted(text, ';');
  if (parts.size() > kMaxParameters) parts.resize(kMaxParameters);
  for (std::string_view part : parts) {
    part = trim(part);
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      for (const std::string_view bare : split(without_quotes(part), ',')) {
        const std::string upper = guess_utf8(to_upper_ascii(bare));
        property.add_parameter(std::string(name_of_bare_value(upper)), upper);
      }
      continue;
    }
    const std::string name = to_upper_ascii(trim(part.substr(0, equals)));
    if (!is_name(name)) continue;
    for (const std::string_view value : split_unquoted(part.substr(equals + 1), ','))
      add_value(property, name, trim(value), escapes);
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// A broken escape stays as it is. Source: RFC 2045 section 6.7.
std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Properties whose base64 is text all the same; in the others it stays binary.
bool is_text_property(std::string_view name) {
  return holds_word("N FN NOTE ADR LABEL ORG TITLE ROLE NICKNAME CATEGORIES EMAIL TEL URL UID", name);
}

std::string decode_charset(std::string bytes, const std::string& charset) {
  if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    const bool may_shift =
        to_upper_ascii(charset).starts_with("ISO-2022") || to_upper_ascii(charset) == "UTF-7";
    if (!may_shift) return bytes;
  }
  if (!charset.empty() && !equal_ignoring_ascii_case(charset, "UTF-8"))
    if (auto text = to_utf8(bytes, charset)) return std::move(*text);
  return guess_utf8(bytes);
}

void decode_value(Property& property, std::string_view raw, Escapes escapes) {
  const std::string encoding = to_upper_ascii(property.parameter("ENCODING"));
  const std::string charset(property.parameter("CHARSET"));
  property.remove_parameter("ENCODING");
  property.remove_parameter("CHARSET");
  std::string bytes;
  bool was_text_encoded = false;
  if (encoding == "BASE64" || encoding == "B") {
    std::string packed(raw);
    std::erase_if(packed, [](char c) { return c == ' ' || c == '\t'; });
    const auto decoded = is_text_property(property.name) ? from_base64(packed) : std::nullopt;
    if (!decoded) {
      property.value = guess_utf8(packed);
      property.is_base64 = true;
      return;
    }
    bytes = *decoded;
    was_text_encoded = true;
  } else if (encoding == "QUOTED-PRINTABLE" || encoding == "Q") {
    bytes = decode_quoted_printable(raw);
    was_text_encoded = true;
  } else {
    bytes = raw;
  }
  property.value = decode_charset(std::move(bytes), charset);
  if (escapes == Escapes::Legacy || was_text_encoded)
    property.value = escape_legacy(property.value, holds_word("CATEGORIES NICKNAME", property.name));
}

}  // namespace

std::optional<Property> parse_content_line(std::string_view line, Escapes escapes) {
  const std::size_t colon = find_colon(line);
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view head = line.substr(0, colon);
  const std::size_t semicolon = head.find(';');
  std::string_view name = trim(head.substr(0, semicolon));
  Property property;
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) {
    if (is_name(name.substr(0, dot))) property.group = name.substr(0, dot);
    name.remove_prefix(dot + 1);
  }
  if (!is_name(name)) return std::nullopt;
  property.name = to_upper_ascii(name);
  if (semicolon != std::string_view::npos) parse_parameters(property, head.substr(semicolon + 1), escapes);
  decode_value(property, line.substr(colon + 1), escapes);
  return property;
}

}  // namespace gw::formats::lines
