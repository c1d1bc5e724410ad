// Component trees to text: folded at 75 octets on character borders, CRLF, parameters quoted (RFC 6868).
// Source: RFC 5545 section 3.1.
#pragma once

#include <string>

#include "formats/ical/component.hpp"

namespace gw::formats::ical {

/// From BEGIN to END. Control characters and line breaks inside of values become blanks: no value can bring a
/// line of its own.
std::string format_component(const Component& component);

}  // namespace gw::formats::ical
