// Properties to content lines: quoting of parameters, folding. Sources: RFC 6350 section 3.2, RFC 5545
// section 3.1, RFC 6868.
#pragma once

#include <string>
#include <string_view>

#include "formats/lines/property.hpp"

namespace gw::formats::lines {

/// Lines longer than 75 octets continue on the next line, never inside a UTF-8 sequence.
std::string fold_line(std::string_view line);

/// The folded line of a property with its CRLF. Line breaks and other controls (tab excepted) in a value that
/// is only carried along become blanks, so no property can bring another. `base64_name` is what ENCODING says
/// of base64: "b" or "BASE64".
std::string format_line(const Property& property, std::string_view base64_name);

}  // namespace gw::formats::lines
