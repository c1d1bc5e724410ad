// An XML document as a tree of elements, for messages that are small: no document type, no entities, no
// processing instructions, limits on everything. Source: spec provisioning section 10.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::soap {

inline constexpr std::size_t kMaxDepth = 32;
inline constexpr std::size_t kMaxElements = 100'000;

struct XmlElement {
  std::string space;  ///< namespace
  std::string name;   ///< local
  std::string text;   ///< of its own, pieces joined
  bool is_nil = false;
  std::vector<XmlElement> children;

  /// nullptr: there is none. The last one, when there are several.
  [[nodiscard]] const XmlElement* find(std::string_view child) const;
};

/// Errors: empty for what is not well formed or beyond the limits; `why` says it to people.
std::optional<XmlElement> parse_xml(std::string_view document, std::string& why);

/// Text of an element or attribute: escaped, and without characters that XML does not know.
std::string escape_xml(std::string_view text);

}  // namespace gw::soap
