// The tables of the cleaner: elements and attributes that may stay, and what else happens to elements.
#pragma once

#include <string_view>

namespace gw::mail::html {

enum class ElementRule {
  Keep,    ///< written with its allowed attributes
  Void,    ///< as Keep, has no end tag
  Unwrap,  ///< left out, its content stays; everything that is in no table
  Drop,    ///< left out with all that is in it
};
ElementRule element_rule(std::string_view tag);

enum class ValueRule {
  None,  ///< not allowed
  Text,
  Length,
  Number,
  Color,
  Word,  ///< letters, digits, dashes
  Link,
  Image,
  ImageSet,
  Style,
  Class,
  Id,
  IdReference,  ///< blank-separated ids
  Flag,
};
ValueRule attribute_rule(std::string_view tag, std::string_view attribute);

}  // namespace gw::mail::html
