// TEL: 21 columns told apart by their types. Sources: RFC 2426 section 3.3.1, RFC 6350 section 6.4.1; X-
// types of Evolution, KAddressBook and Apple's labels are understood.
#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

constexpr int kTelephoneOther = 553;
constexpr int kFaxOther = 554;

std::string_view without_prefix(std::string_view type) {
  constexpr std::array<std::string_view, 4> kPrefixes{"X-EVOLUTION-", "X-KADDRESSBOOK-", "X-GW-", "X-"};
  for (const std::string_view prefix : kPrefixes)
    if (type.starts_with(prefix)) return type.substr(prefix.size());
  return type;
}

/// The types of a number as blank-separated words; Apple's label counts as one.
std::string type_words(const ContactReading& reading, std::size_t index) {
  const Property& property = reading.property(index);
  std::string words;
  for (const std::string& type : property.types()) {
    words += without_prefix(type);
    words += ' ';
  }
  std::string label = reading.label_of(index);
  std::erase(label, ' ');
  words += label;
  if (property.preference() == 1) words += " PREF";
  return words;
}

/// Takes the first word off a blank-separated list.
std::string_view next_word(std::string_view& words) {
  const std::size_t end = std::min(words.find(' '), words.size());
  const std::string_view word = words.substr(0, end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

bool matches(const Row& row, std::string_view words) {
  for (std::string_view also = row.also; !also.empty();)
    if (holds_word(words, next_word(also))) return true;
  for (std::string_view needed = row.types; !needed.empty();) {
    const std::string_view type = next_word(needed);
    if (type != "VOICE" && !holds_word(words, without_prefix(type))) return false;
  }
  return true;
}

void read_phone(ContactReading& reading, std::size_t index, const Row&) {
  const Property& property = reading.property(index);
  std::string text = clean_text(unescape_text(property.value));
  while (to_lower_ascii(std::string_view(text).substr(0, 4)) == "tel:") {
    text.erase(0, 4);
    text = clean_text(percent_decode(text, false).value_or(text));
  }
  reading.phones.push_back({index, std::move(text)});
}

void write_phone(ContactWriting& writing, const Row& row) {
  if (writing.text(row).empty()) return;
  Property property = make_text("TEL", writing.text(row));
  add_types(property, row.types, writing.version());
  writing.mark_place(property, row);
  writing.add(std::move(property), {row.column});
}

void place(ContactReading& reading, const ContactReading::Pending& phone) {
  const std::string words = type_words(reading, phone.index);
  for (const Row& row : contact_rows())
    if (row.codec == &kPhone && matches(row, words) && reading.set_text(phone.index, row, phone.text)) return;
  const int spare = holds_word(words, "FAX") ? kFaxOther : kTelephoneOther;
  reading.set_text(phone.index, *find_row(spare), phone.text);
}

}  // namespace

const Codec kPhone{read_phone, write_phone};

void resolve_phones(ContactReading& reading) {
  auto& phones = reading.phones;
  std::stable_sort(phones.begin(), phones.end(), [&](const auto& a, const auto& b) {
    return reading.property(a.index).preference() < reading.property(b.index).preference();
  });
  std::vector<ContactReading::Pending> unnamed;
  for (auto& phone : phones) {
    const Row* row = named_row(reading.property(phone.index));
    if (row == nullptr || !reading.set_text(phone.index, *row, phone.text))
      unnamed.push_back(std::move(phone));
  }
  for (const auto& phone : unnamed) place(reading, phone);
}

}  // namespace gw::formats::vcard
