#include "formats/csv/google_groups.hpp"

#include "core/text.hpp"
#include "formats/csv/values.hpp"

namespace gw::formats::csv {
namespace {

using model::contacts::Contact;
using model::contacts::Text;
using Place = Text Contact::*;
using C = Contact;

/// Fills the first free place. A text that finds none is dropped: there is no column left for it.
void put(Contact& contact, std::initializer_list<Place> places, std::string_view text) {
  const std::string_view kept = trim(text);
  if (kept.empty()) return;
  for (const Place place : places) {
    if (contact.*place) continue;
    contact.*place = std::string(kept);
    return;
  }
}

/// "* Work" marks the preferred one of a kind.
std::string kind_of(std::string_view type) {
  std::string kind = fold(trim(type));
  if (kind.starts_with("* ")) kind.erase(0, 2);
  return kind;
}

std::string_view part_of(const std::map<std::string, std::string>& parts, const char* name) {
  const auto found = parts.find(name);
  return found == parts.end() ? std::string_view() : std::string_view(found->second);
}

void put_phone(Contact& contact, const std::string& kind, std::string_view text) {
  if (kind == "mobile")
    return put(contact, {&C::cellular_telephone1, &C::cellular_telephone2, &C::telephone_other}, text);
  if (kind == "work")
    return put(contact, {&C::telephone_business1, &C::telephone_business2, &C::telephone_other}, text);
  if (kind == "home")
    return put(contact, {&C::telephone_home1, &C::telephone_home2, &C::telephone_other}, text);
  if (kind == "main") return put(contact, {&C::telephone_primary, &C::telephone_other}, text);
  if (kind == "work fax") return put(contact, {&C::fax_business, &C::fax_other}, text);
  if (kind == "home fax") return put(contact, {&C::fax_home, &C::fax_other}, text);
  if (kind == "other fax") return put(contact, {&C::fax_other}, text);
  if (kind == "pager") return put(contact, {&C::telephone_pager, &C::telephone_other}, text);
  if (kind == "car") return put(contact, {&C::telephone_car, &C::telephone_other}, text);
  put(contact, {&C::telephone_other, &C::telephone_home1, &C::telephone_home2}, text);
}

struct AddressPlaces {
  Place street, city, state, code, country, whole;
};

const AddressPlaces& places_of(const std::string& kind) {
  static constexpr AddressPlaces kBusiness{&C::street_business,  &C::city_business,
                                           &C::state_business,   &C::postal_code_business,
                                           &C::country_business, &C::addressBusiness};
  static constexpr AddressPlaces kHome{&C::street_home,      &C::city_home,    &C::state_home,
                                       &C::postal_code_home, &C::country_home, &C::addressHome};
  static constexpr AddressPlaces kOther{&C::street_other,      &C::city_other,    &C::state_other,
                                        &C::postal_code_other, &C::country_other, &C::addressOther};
  return kind == "work" ? kBusiness : kind == "home" ? kHome : kOther;
}

void put_address(Contact& contact, const std::string& kind, const std::map<std::string, std::string>& parts) {
  const AddressPlaces& places = places_of(kind);
  std::string street(trim(part_of(parts, "street")));
  for (const char* more : {"extended address", "po box"}) {
    const std::string_view line = trim(part_of(parts, more));
    if (line.empty()) continue;
    if (!street.empty()) street += '\n';
    street += line;
  }
  put(contact, {places.street}, street);
  put(contact, {places.city}, part_of(parts, "city"));
  put(contact, {places.state}, part_of(parts, "region"));
  put(contact, {places.code}, part_of(parts, "postal code"));
  put(contact, {places.country}, part_of(parts, "country"));
  // The formatted text repeats the parts; it counts only where Google could not take an address apart.
  if (street.empty() && trim(part_of(parts, "city")).empty())
    put(contact, {places.whole}, part_of(parts, "formatted"));
}

void put_relation(Contact& contact, const std::string& kind, std::string_view text) {
  if (kind == "spouse" || kind == "partner" || kind == "domestic partner")
    put(contact, {&C::spouse_name}, text);
  if (kind == "manager") put(contact, {&C::manager_name}, text);
  if (kind == "assistant") put(contact, {&C::assistant_name}, text);
}

void put_custom(Contact& contact, std::string_view label, std::string_view text) {
  const std::string_view name = trim(label);
  const std::string shown =
      name.empty() ? std::string(trim(text)) : std::string(name) + ": " + std::string(trim(text));
  put(contact,
      {&C::userfield01, &C::userfield02, &C::userfield03, &C::userfield04, &C::userfield05, &C::userfield06,
       &C::userfield07, &C::userfield08, &C::userfield09, &C::userfield10},
      shown);
}

}  // namespace

std::vector<std::string> split_google(std::string_view text) {
  constexpr std::string_view kBetween = " ::: ";
  std::vector<std::string> values;
  for (;;) {
    const std::size_t end = text.find(kBetween);
    values.emplace_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return values;
    text.remove_prefix(end + kBetween.size());
  }
}

void GoogleGroups::fill(Contact& contact) const {
  for (const auto& [key, parts] : groups_) {
    const std::string& group = key.first;
    const std::string kind = kind_of(part_of(parts, "type"));
    if (group == "address") put_address(contact, kind, parts);
    if (group == "organization") {
      put(contact, {&C::company}, part_of(parts, "name"));
      put(contact, {&C::position}, part_of(parts, "title"));
      put(contact, {&C::department}, part_of(parts, "department"));
      put(contact, {&C::yomiCompany}, part_of(parts, "yomi name"));
    }
    for (const std::string& text : split_google(part_of(parts, "value"))) {
      if (group == "e-mail") put(contact, {&C::email1, &C::email2, &C::email3}, text);
      if (group == "phone") put_phone(contact, kind, text);
      if (group == "website") put(contact, {&C::url}, text);
      if (group == "im") put(contact, {&C::instant_messenger1, &C::instant_messenger2}, text);
      if (group == "relation") put_relation(contact, kind, text);
      if (group == "event" && kind == "anniversary" && !contact.anniversary)
        contact.anniversary = parse_date(text, false);
      if (group == "custom field" && !text.empty()) put_custom(contact, part_of(parts, "type"), text);
    }
  }
}

}  // namespace gw::formats::csv
