#include "formats/vcard/card_reader.hpp"

#include <optional>

#include "core/text.hpp"
#include "formats/charset.hpp"
#include "formats/lines/content_line.hpp"
#include "formats/lines/text_value.hpp"

namespace gw::formats::vcard {
namespace {

using lines::Escapes;
using lines::is_folded;
using lines::LineReader;
using lines::parse_content_line;

/// True for `NAME:VALUE` in any case, with blanks after either. A folded line is never one: a value cut just
/// before "BEGIN:VCARD" must not begin a card.
bool is_line(std::string_view line, std::string_view name, std::string_view value) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && line.size() < 64 && !is_folded(line) &&
         equal_ignoring_ascii_case(trim(line.substr(0, colon)), name) &&
         equal_ignoring_ascii_case(trim(line.substr(colon + 1)), value);
}
bool is_begin(std::string_view line) { return is_line(line, "BEGIN", "VCARD"); }
bool is_end(std::string_view line) { return is_line(line, "END", "VCARD"); }

/// `AGENT:` of 2.1 with nothing behind it: a whole card follows. Source: vCard 2.1 section 2.4.1.
bool opens_agent(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (is_folded(line) || colon == std::string_view::npos || !trim(line.substr(colon + 1)).empty())
    return false;
  std::string_view name = line.substr(0, line.find_first_of(";:"));
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name.remove_prefix(dot + 1);
  return equal_ignoring_ascii_case(trim(name), "AGENT");
}

struct Slice {
  std::string_view text;
  bool has_end = true;
};

/// Cuts the text into cards. A BEGIN before the END of its predecessor (and not of an AGENT) starts a new
/// card.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text), lines_(text) {}

  std::optional<Slice> next() {
    std::size_t start = pending_start_;
    if (!has_pending_ && !find_begin(start)) return std::nullopt;
    has_pending_ = false;
    int depth = 1;
    bool agent = false;
    for (;;) {
      const std::size_t at = lines_.position();
      const auto line = lines_.next_physical();
      if (!line) return Slice{text_.substr(start), false};
      if (is_end(*line)) {
        if (--depth == 0) return Slice{text_.substr(start, lines_.position() - start)};
      } else if (is_begin(*line)) {
        if (!agent) {
          has_pending_ = true;
          pending_start_ = at;
          return Slice{text_.substr(start, at - start), false};
        }
        ++depth;
      }
      if (!trim(*line).empty()) agent = opens_agent(*line);
    }
  }

 private:
  bool find_begin(std::size_t& start) {
    for (;;) {
      start = lines_.position();
      const auto line = lines_.next_physical();
      if (!line) return false;
      if (is_begin(*line)) return true;
    }
  }

  std::string_view text_;
  LineReader lines_;
  bool has_pending_ = false;
  std::size_t pending_start_ = 0;
};

/// The version decides how lines are decoded, but may stand anywhere in the card.
std::optional<Version> find_version(std::string_view text) {
  LineReader lines(text);
  while (const auto line = lines.next_physical()) {
    if (line->size() < 9 || line->size() > 40 || !equal_ignoring_ascii_case(line->substr(0, 7), "VERSION"))
      continue;
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view number = trim(line->substr(colon + 1));
    if (number.starts_with("2.")) return Version::V21;
    if (number.starts_with("3.")) return Version::V30;
    if (number.starts_with("4.")) return Version::V40;
    return std::nullopt;
  }
  // Without one it is an old phone's 2.1 or somebody's fragment; 3.0 rules read both, as names and types look
  // alike.
  return Version::V30;
}

/// The agent's card as escaped text, the form 3.0 gives it.
std::string read_agent(LineReader& lines, int& deepest) {
  std::string inner;
  int depth = 0;
  while (const auto line = lines.next_physical()) {
    if (depth == 0 && trim(*line).empty()) continue;
    if (depth == 0 && !is_begin(*line)) break;
    inner += *line;
    inner += '\n';
    if (is_begin(*line)) deepest = std::max(deepest, ++depth);
    if (is_end(*line) && --depth == 0) break;
  }
  return escape_text(guess_utf8(inner));
}

}  // namespace

std::string_view read_error_text(ReadError error) {
  switch (error) {
    case ReadError::None:
      return "";
    case ReadError::NoEnd:
      return "END:VCARD is missing";
    case ReadError::TooLarge:
      return "the card is too large";
    case ReadError::TooManyProperties:
      return "the card has too many properties";
    case ReadError::UnknownVersion:
      return "the version is unknown";
    case ReadError::TooDeep:
      return "cards are nested too deeply";
  }
  return "";
}

ReadCard read_card(std::string_view text, const Limits& limits) {
  ReadCard result;
  result.source = text;
  const auto fail = [&](ReadError error) {
    result.error = error;
    result.card.properties.clear();
    return std::move(result);
  };
  if (text.size() > limits.card) return fail(ReadError::TooLarge);
  const auto version = find_version(text);
  if (!version) return fail(ReadError::UnknownVersion);
  result.card.version = *version;
  LineReader lines(text);
  std::string line;
  while (lines.next_logical(line)) {
    if (is_begin(line) || is_end(line)) continue;
    auto property = parse_content_line(line, *version == Version::V21 ? Escapes::Legacy : Escapes::Standard);
    if (!property) {
      ++result.broken_lines;
      continue;
    }
    if (property->name == "VERSION" || property->name == "BEGIN" || property->name == "END") continue;
    if (opens_agent(line)) {
      int deepest = 0;
      property->value = read_agent(lines, deepest);
      if (deepest > limits.agent_depth) return fail(ReadError::TooDeep);
    }
    if (result.card.properties.size() >= limits.properties) return fail(ReadError::TooManyProperties);
    result.card.properties.push_back(std::move(*property));
  }
  return result;
}

std::size_t read_cards(std::string_view text, const Limits& limits,
                       const std::function<bool(ReadCard&&)>& take) {
  std::string converted;
  const ByteOrderMark mark = find_byte_order_mark(text);
  text.remove_prefix(mark.size);
  if (mark.size > 0 && mark.charset != "UTF-8") {
    converted = to_utf8(text, std::string(mark.charset)).value_or("");
    text = converted;
  }
  Splitter splitter(text);
  std::size_t count = 0;
  while (const auto slice = splitter.next()) {
    ++count;
    ReadCard card;
    if (slice->has_end) {
      card = read_card(slice->text, limits);
    } else {
      card.error = ReadError::NoEnd;
      card.source = slice->text;
    }
    if (!take(std::move(card))) break;
  }
  return count;
}

}  // namespace gw::formats::vcard
