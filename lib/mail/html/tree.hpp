// One parsed HTML text: gumbo behind limits that it does not have itself. Not for judging what is in it.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gw::mail::html {

/// Input limit of every HTML function: beyond it the answer is a notice. Units: bytes.
inline constexpr std::size_t kMaxInput = std::size_t{4} << 20U;

/// Owns the tree and the text it points into. Threads: one at a time.
class Tree {
 public:
  /// Parses as a browser would (WHATWG rules), UTF-8 expected. Only `svg` and `math` become `canvas`.
  /// Errors: empty when the text is over kMaxInput, or its tree would take more than 96 bytes of memory per
  /// byte of input (and 8 MiB), or more than two seconds: nesting that makes HTML parsers quadratic.
  static std::optional<Tree> parse(std::string_view utf8);
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;
  ~Tree();
  [[nodiscard]] const GumboNode* root() const;

 private:
  struct Arena;
  explicit Tree(std::unique_ptr<Arena> arena);
  std::unique_ptr<Arena> arena_;
};

/// The element's name, lower case; names that gumbo does not know come from the text.
std::string tag_name(const GumboElement& element);
std::string_view attribute_value(const GumboElement& element, const char* name);
bool is_element(const GumboNode* node, GumboTag tag);
/// The body element. Errors: null.
const GumboNode* find_body(const Tree& tree);

}  // namespace gw::mail::html
