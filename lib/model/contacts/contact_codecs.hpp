// The fields of a contact that are not one value in one column: picture, its URL, the computed sort name,
// list members.
#pragma once

#include <string_view>

#include "model/contacts/contact.hpp"
#include "model/field.hpp"

namespace gw::model::contacts {

/// Most members of one distribution list. Errors beyond it: CON-1001.
inline constexpr std::size_t kMaxListMembers = 5'000;

/// Column 570: never delivered; null deletes the picture, text is base64 (CON-0136 when it is not).
extern const FieldCodec<Contact> kImageCodec;
/// Column 606: path with a changing `timestamp`, so that caches refresh. Missing without picture.
extern const FieldCodec<Contact> kImageUrlCodec;
/// Column 607.
extern const FieldCodec<Contact> kSortNameCodec;
/// Column 592. Errors: CON-1001 no array of objects, CON-0154 and CON-0168 in a member's texts.
extern const FieldCodec<Contact> kDistributionListCodec;

/// The first usable of last name, first name, display name, company, email1, email2; empty when there is
/// none. `reading_first` prefers the Yomi last name (Japanese). The view lives as long as the contact.
std::string_view sort_name(const Contact& contact, bool reading_first = false);

}  // namespace gw::model::contacts
