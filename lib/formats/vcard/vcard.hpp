// vCards to contacts and back: the interface for import, export and CardDAV. Source: spec export-import
// sections 2 and 6.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/problem.hpp"
#include "formats/vcard/card_reader.hpp"
#include "formats/vcard/contact_rows.hpp"

namespace gw::formats::vcard {

/// An inline picture. `content_type` follows from the bytes where they are of a known kind.
struct Image {
  std::string content_type;
  std::string bytes;
};

/// What one card gave. With `error` the contact is empty.
struct ParsedCard {
  Contact contact;
  std::optional<Image> image;
  std::vector<Problem> warnings;
  std::optional<Problem> error;
  /// UIDs of group members that name no mail address; the caller may look them up.
  std::vector<std::string> member_uids;
};

/// Calls `take` for each card in file order until it returns false. Contact::original_vcard gets the card's
/// exact text (converted when it is not UTF-8). Gives the number of cards; 0: the text holds none (I_E-0608).
/// Errors: per card I_E-0605, I_E-0609, I_E-0610. Cost: linear; memory of one card beside the text.
std::size_t parse_cards(std::string_view text, const Limits& limits,
                        const std::function<bool(ParsedCard&&)>& take);

/// The card of a contact. 2.1 is written as 3.0. Ids, folder and rights of the contact are not written.
/// Source: RFC 2426, RFC 6350.
std::string write_card(const Contact& contact, const std::optional<Image>& image, Version version);

/// As write_card, but starts from the text the contact came from: properties that we do not map and those
/// whose values did not change stay as they were. A text that is no card, or from which no single card comes,
/// gives what write_card gives.
std::string merge_into_original(std::string_view original, const Contact& contact,
                                const std::optional<Image>& image, Version version);

}  // namespace gw::formats::vcard
