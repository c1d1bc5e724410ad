#include "model/text_pattern.hpp"

#include "core/text.hpp"

namespace gw::model {
namespace {

constexpr std::string_view kWildcards = "*?";

}  // namespace

TextPattern::TextPattern(std::string_view text, PatternKind kind)
    : folded_(fold(trim(text))),
      kind_(kind),
      has_wildcards_(kind != PatternKind::Literal && folded_.find_first_of(kWildcards) != std::string::npos) {
}

bool TextPattern::matches(std::optional<std::string_view> text) const {
  if (!text) return matches_everything();
  return matches_folded(fold(*text));
}

bool TextPattern::matches_folded(std::string_view folded) const {
  if (has_wildcards_) return matches_wildcards(folded, folded_);
  switch (kind_) {
    case PatternKind::Substring:
      return folded.find(folded_) != std::string_view::npos;
    case PatternKind::Prefix:
      return folded.starts_with(folded_);
    case PatternKind::Whole:
    case PatternKind::Literal:
      break;
  }
  return folded == folded_;
}

bool TextPattern::matches_everything() const {
  if (kind_ == PatternKind::Literal) return false;
  if (folded_.empty()) return kind_ != PatternKind::Whole;
  return folded_.find_first_not_of('*') == std::string::npos;
}

std::string TextPattern::piece() const {
  constexpr std::size_t kLongest = 100;
  std::string_view longest = folded_;
  if (has_wildcards_) {
    longest = {};
    std::string_view rest = folded_;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(kWildcards), rest.size());
      if (end > longest.size()) longest = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  if (longest.size() <= kLongest) return std::string(longest);
  // Cut between characters: a continuation byte is 10xxxxxx.
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(longest[end]) & 0xC0) == 0x80) --end;
  return std::string(longest.substr(0, end));
}

std::size_t count_literal_characters(std::string_view text) {
  std::string plain;
  for (const char c : trim(text))
    if (kWildcards.find(c) == std::string_view::npos) plain += c;
  return count_characters(plain);
}

}  // namespace gw::model
