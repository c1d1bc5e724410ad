// A message without some of its parts. Source: spec mail section 6.2, parameter `ignorable`.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gw::mail::mime {

/// Takes the parts of these types (`text/calendar`, lower case) out of the multiparts that hold them, with
/// their boundary lines; all else stays byte for byte. A message that is such a type as a whole stays.
std::string remove_parts(std::string message, std::span<const std::string> types);

}  // namespace gw::mail::mime
