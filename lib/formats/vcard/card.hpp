// A vCard as its properties in file order, free of contact knowledge. Values are kept in the escaped text
// form of RFC 6350 whatever version they came from, so every part above deals with one spelling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/lines/property.hpp"
#include "formats/lines/text_value.hpp"

namespace gw::formats::vcard {

enum class Version { V21, V30, V40 };

using lines::escape_legacy;
using lines::escape_text;
using lines::escape_uri;
using lines::holds_word;
using lines::Parameter;
using lines::Property;
using lines::split_value;
using lines::unescape_text;

/// BEGIN, END and VERSION are not among the properties.
struct Card {
  Version version = Version::V30;
  std::vector<Property> properties;
};

}  // namespace gw::formats::vcard
