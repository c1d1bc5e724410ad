// Cards to text: versions 3.0 and 4.0, folded, CRLF. Sources: RFC 2426, RFC 6350 section 3, RFC 6868.
#pragma once

#include <string>

#include "formats/vcard/card.hpp"

namespace gw::formats::vcard {

/// The whole card from BEGIN to END in `version` (3.0 or 4.0; 2.1 is written as 3.0). Properties are
/// converted from the card's own version where the spelling differs: preference, inline pictures, caret
/// encoding.
std::string format_card(const Card& card, Version version);

}  // namespace gw::formats::vcard
