// The named codecs of contact_rows.cpp. Each lives in the file named after it.
#pragma once

#include "formats/vcard/contact_rows.hpp"

namespace gw::formats::vcard {

extern const Codec kStructured;      ///< codec_structured.cpp: N and ORG
extern const Codec kAddress;         ///< codec_address.cpp: ADR of one kind, with LABEL and preference
extern const Codec kLabel;           ///< codec_address.cpp: free-form addresses
extern const Codec kDefaultAddress;  ///< codec_address.cpp
extern const Codec kPhone;           ///< codec_phone.cpp: all TEL rows
extern const Codec kEmail;           ///< codec_reachable.cpp
extern const Codec kMessenger;       ///< codec_reachable.cpp: IMPP and the many X- names
extern const Codec kUrl;             ///< codec_reachable.cpp
extern const Codec kBirthday;        ///< codec_date.cpp
extern const Codec kAnniversary;     ///< codec_date.cpp
extern const Codec kLabelledDate;    ///< codec_date.cpp: X-ABDATE with a label
extern const Codec kDisplayName;     ///< codec_plain.cpp: FN, which may not be absent
extern const Codec kCategories;      ///< codec_plain.cpp
extern const Codec kNote;            ///< codec_plain.cpp: several NOTE lines become one text
extern const Codec kPrivate;         ///< codec_plain.cpp: CLASS
extern const Codec kColor;           ///< codec_plain.cpp
extern const Codec kRelated;         ///< codec_plain.cpp: RELATED and X-ABRELATEDNAMES
extern const Codec kKind;            ///< codec_list.cpp
extern const Codec kMembers;         ///< codec_list.cpp
extern const Codec kPhoto;           ///< codec_photo.cpp

}  // namespace gw::formats::vcard
