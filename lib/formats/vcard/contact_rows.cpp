// The rows. Own names start with X-GW-; where another program's name for the same thing is known it is
// written or read.
#include "formats/vcard/contact_rows.hpp"

#include <algorithm>
#include <array>

#include "formats/vcard/codecs.hpp"

namespace gw::formats::vcard {
namespace {

using C = Contact;
using SV = std::string_view;

constexpr Row text(int column, Text C::*member, SV property, SV also = {}) {
  return {column, member, property, -1, {}, also, nullptr};
}
constexpr Row part(int column, Text C::*member, SV property, int component) {
  return {column, member, property, component, {}, {}, &kStructured};
}
constexpr Row address(int column, Text C::*member, SV type, int component) {
  return {column, member, "ADR", component, type, {}, &kAddress};
}
constexpr Row phone(int column, Text C::*member, SV types, SV also = {}) {
  return {column, member, "TEL", -1, types, also, &kPhone};
}
constexpr Row special(int column, SV property, const Codec* codec, SV also = {}) {
  return {column, nullptr, property, -1, {}, also, codec};
}

constexpr Row kRows[] = {
    text(223, &C::uid, "UID"),
    {500, &C::display_name, "FN", -1, {}, {}, &kDisplayName},
    part(502, &C::last_name, "N", 0),
    part(501, &C::first_name, "N", 1),
    part(503, &C::second_name, "N", 2),
    part(505, &C::title, "N", 3),
    part(504, &C::suffix, "N", 4),
    text(515, &C::nickname, "NICKNAME"),
    text(610, &C::yomiFirstName, "X-PHONETIC-FIRST-NAME"),
    text(611, &C::yomiLastName, "X-PHONETIC-LAST-NAME"),
    text(612, &C::yomiCompany, "X-PHONETIC-ORG"),
    text(599, &C::file_as, "X-EVOLUTION-FILE-AS", "X-GW-FILE-AS"),
    special(602, "KIND", &kKind, "X-ADDRESSBOOKSERVER-KIND"),
    special(592, "MEMBER", &kMembers, "X-ADDRESSBOOKSERVER-MEMBER"),
    part(569, &C::company, "ORG", 0),
    part(519, &C::department, "ORG", 1),
    text(520, &C::position, "TITLE"),
    text(514, &C::profession, "ROLE", "X-KADDRESSBOOK-X-PROFESSION X-PROFESSION"),

    address(523, &C::street_business, "WORK", 2),
    address(526, &C::city_business, "WORK", 3),
    address(527, &C::state_business, "WORK", 4),
    address(525, &C::postal_code_business, "WORK", 5),
    address(528, &C::country_business, "WORK", 6),
    address(506, &C::street_home, "HOME", 2),
    address(508, &C::city_home, "HOME", 3),
    address(509, &C::state_home, "HOME", 4),
    address(507, &C::postal_code_home, "HOME", 5),
    address(510, &C::country_home, "HOME", 6),
    address(538, &C::street_other, "OTHER", 2),
    address(539, &C::city_other, "OTHER", 3),
    address(598, &C::state_other, "OTHER", 4),
    address(540, &C::postal_code_other, "OTHER", 5),
    address(541, &C::country_other, "OTHER", 6),
    {614, &C::addressBusiness, "LABEL", -1, "WORK", {}, &kLabel},
    {613, &C::addressHome, "LABEL", -1, "HOME", {}, &kLabel},
    {615, &C::addressOther, "LABEL", -1, "OTHER", {}, &kLabel},
    special(605, "X-GW-DEFAULT-ADDRESS", &kDefaultAddress),

    // Order = priority when read: the first row whose types the number has takes it.
    phone(568, &C::telephone_assistant, "X-ASSISTANT", "ASSISTANT"),
    phone(545, &C::telephone_callback, "X-CALLBACK", "CALLBACK"),
    phone(547, &C::telephone_company, "X-COMPANY", "COMPANY"),
    phone(562, &C::telephone_radio, "X-RADIO", "RADIO"),
    phone(563, &C::telephone_telex, "X-TELEX", "TELEX TLX"),
    phone(564, &C::telephone_ttytdd, "X-TTYTDD", "TTYTDD TTY-TDD TEXTPHONE TTY TDD"),
    phone(567, &C::telephone_ip, "X-IP", "IP IPPHONE IP-PHONE VOIP SIP"),
    phone(559, &C::telephone_isdn, "ISDN"),
    phone(560, &C::telephone_pager, "PAGER", "BEEPER"),
    phone(546, &C::telephone_car, "CAR"),
    phone(544, &C::fax_business, "WORK FAX", "WORKFAX"),
    phone(550, &C::fax_home, "HOME FAX", "HOMEFAX"),
    phone(554, &C::fax_other, "FAX", "OTHERFAX"),
    phone(551, &C::cellular_telephone1, "CELL", "MOBILE IPHONE"),
    phone(552, &C::cellular_telephone2, "CELL", "MOBILE IPHONE"),
    phone(542, &C::telephone_business1, "WORK VOICE"),
    phone(543, &C::telephone_business2, "WORK VOICE"),
    phone(548, &C::telephone_home1, "HOME VOICE"),
    phone(549, &C::telephone_home2, "HOME VOICE"),
    phone(561, &C::telephone_primary, "PREF VOICE", "MAIN"),
    phone(553, &C::telephone_other, "OTHER VOICE"),

    {555, &C::email1, "EMAIL", -1, {}, {}, &kEmail},
    {556, &C::email2, "EMAIL", -1, {}, {}, &kEmail},
    {557, &C::email3, "EMAIL", -1, {}, {}, &kEmail},
    {565,
     &C::instant_messenger1,
     "IMPP",
     -1,
     {},
     "X-AIM X-JABBER X-MSN X-ICQ X-YAHOO X-SKYPE X-SKYPE-USERNAME X-GOOGLE-TALK X-GADUGADU X-GROUPWISE X-QQ "
     "X-TELEGRAM "
     "X-MATRIX X-KADDRESSBOOK-X-IMADDRESS X-MS-IMADDRESS",
     &kMessenger},
    {566, &C::instant_messenger2, "IMPP", -1, {}, {}, &kMessenger},
    {558, &C::url, "URL", -1, {}, {}, &kUrl},

    special(511, "BDAY", &kBirthday),
    special(517, "ANNIVERSARY", &kAnniversary,
            "X-ANNIVERSARY X-EVOLUTION-ANNIVERSARY X-KADDRESSBOOK-X-ANNIVERSARY"),
    special(0, "X-ABDATE", &kLabelledDate),
    text(512, &C::marital_status, "X-GW-MARITAL-STATUS", "X-MARITAL-STATUS"),
    text(513, &C::number_of_children, "X-GW-CHILDREN", "X-CHILDREN"),
    text(516, &C::spouse_name, "X-SPOUSE", "X-EVOLUTION-SPOUSE X-KADDRESSBOOK-X-SPOUSESNAME X-MS-SPOUSE"),
    text(536, &C::manager_name, "X-MANAGER",
         "X-EVOLUTION-MANAGER X-KADDRESSBOOK-X-MANAGERSNAME X-MS-MANAGER"),
    text(537, &C::assistant_name, "X-ASSISTANT",
         "X-EVOLUTION-ASSISTANT X-KADDRESSBOOK-X-ASSISTANTSNAME X-MS-ASSISTANT"),
    special(0, "RELATED", &kRelated, "X-ABRELATEDNAMES"),
    text(521, &C::employee_type, "X-GW-EMPLOYEE-TYPE"),
    text(522, &C::room_number, "X-GW-ROOM-NUMBER", "X-KADDRESSBOOK-X-OFFICE"),
    text(529, &C::number_of_employees, "X-GW-NUMBER-OF-EMPLOYEES"),
    text(530, &C::sales_volume, "X-GW-SALES-VOLUME"),
    text(531, &C::tax_id, "X-GW-TAX-ID"),
    text(532, &C::commercial_register, "X-GW-COMMERCIAL-REGISTER"),
    text(533, &C::branches, "X-GW-BRANCHES"),
    text(534, &C::business_category, "X-GW-BUSINESS-CATEGORY"),
    text(535, &C::info, "X-GW-INFO"),

    {100, &C::categories, "CATEGORIES", -1, {}, {}, &kCategories},
    special(101, "CLASS", &kPrivate),
    special(102, "X-GW-COLOR-LABEL", &kColor),
    {518, &C::note, "NOTE", -1, {}, {}, &kNote},
    text(571, &C::userfield01, "X-GW-FIELD01"),
    text(572, &C::userfield02, "X-GW-FIELD02"),
    text(573, &C::userfield03, "X-GW-FIELD03"),
    text(574, &C::userfield04, "X-GW-FIELD04"),
    text(575, &C::userfield05, "X-GW-FIELD05"),
    text(576, &C::userfield06, "X-GW-FIELD06"),
    text(577, &C::userfield07, "X-GW-FIELD07"),
    text(578, &C::userfield08, "X-GW-FIELD08"),
    text(579, &C::userfield09, "X-GW-FIELD09"),
    text(580, &C::userfield10, "X-GW-FIELD10"),
    text(581, &C::userfield11, "X-GW-FIELD11"),
    text(582, &C::userfield12, "X-GW-FIELD12"),
    text(583, &C::userfield13, "X-GW-FIELD13"),
    text(584, &C::userfield14, "X-GW-FIELD14"),
    text(585, &C::userfield15, "X-GW-FIELD15"),
    text(586, &C::userfield16, "X-GW-FIELD16"),
    text(587, &C::userfield17, "X-GW-FIELD17"),
    text(588, &C::userfield18, "X-GW-FIELD18"),
    text(589, &C::userfield19, "X-GW-FIELD19"),
    text(590, &C::userfield20, "X-GW-FIELD20"),
    special(570, "PHOTO", &kPhoto),
};

constexpr bool has_unique_columns() {
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    for (std::size_t j = i + 1; j < std::size(kRows); ++j)
      if (kRows[i].column != 0 && kRows[i].column == kRows[j].column) return false;
  return true;
}
static_assert(has_unique_columns());

/// Names of properties, own and understood, each with the first row that claims it; sorted, so a card costs
/// little.
struct Claim {
  SV name;
  std::size_t row = 0;
};

template <class Visit>
constexpr void visit_words(SV words, Visit visit) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    visit(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

template <class Visit>
constexpr void visit_claims(Visit visit) {
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    visit(Claim{kRows[i].property, i});
    if (kRows[i].property != "TEL")  // there `also` holds types
      visit_words(kRows[i].also, [&](SV word) { visit(Claim{word, i}); });
  }
}

constexpr std::size_t count_claims() {
  std::size_t count = 0;
  visit_claims([&](const Claim&) { ++count; });
  return count;
}

constexpr auto make_claims() {
  std::array<Claim, count_claims()> claims{};
  std::size_t count = 0;
  visit_claims([&](const Claim& claim) { claims[count++] = claim; });
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return a.name != b.name ? a.name < b.name : a.row < b.row;
  });
  return claims;
}
constexpr auto kClaims = make_claims();

}  // namespace

std::span<const Row> contact_rows() { return kRows; }

const Row* claiming_row(std::string_view name) {
  const auto found = std::lower_bound(kClaims.begin(), kClaims.end(), name,
                                      [](const Claim& claim, SV wanted) { return claim.name < wanted; });
  return found != kClaims.end() && found->name == name ? &kRows[found->row] : nullptr;
}

const Row* find_row(int column) {
  for (const Row& row : kRows)
    if (row.column == column) return &row;
  return nullptr;
}

}  // namespace gw::formats::vcard
