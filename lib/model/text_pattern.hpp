// What people type to find things, matched without case and accents: `*` any run, `?` one character.
// Source: spec contacts-users-groups-resources section 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::model {

/// How a pattern without wildcards is meant. One with wildcards always describes the whole value, except with
/// Literal.
enum class PatternKind {
  Substring,
  Prefix,
  Whole,
  Literal,  ///< equality; wildcards are ordinary characters
};

class TextPattern {
 public:
  TextPattern(std::string_view text, PatternKind kind);
  /// Absent text matches nothing but the pattern that matches everything.
  [[nodiscard]] bool matches(std::optional<std::string_view> text) const;
  /// The same for text that is folded already.
  [[nodiscard]] bool matches_folded(std::string_view folded) const;
  [[nodiscard]] bool matches_everything() const;
  /// Folded text that every match contains, at most 100 bytes; may be empty. For the prefilter of the store.
  [[nodiscard]] std::string piece() const;

 private:
  std::string folded_;
  PatternKind kind_;
  bool has_wildcards_;
};

/// Characters that are no wildcards.
std::size_t count_literal_characters(std::string_view text);

}  // namespace gw::model
