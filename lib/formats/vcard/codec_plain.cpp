// Small irregularities: a mandatory name, lists of words, flags, relations.
#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

/// Marks an FN we made up, so that it does not come back as the contact's display name.
constexpr std::string_view kDerived = "X-GW-DERIVED";

void read_display_name(ContactReading& reading, std::size_t index, const Row& row) {
  const Property& property = reading.property(index);
  if (property.parameter(kDerived).empty()) reading.set_text(index, row, unescape_text(property.value));
}

std::string derive_name(const Contact& contact) {
  const std::string name(trim(contact.first_name.value_or("") + " " + contact.last_name.value_or("")));
  if (!name.empty()) return name;
  for (const Text* text : {&contact.company, &contact.email1, &contact.email2, &contact.email3})
    if (*text) return **text;
  return {};
}

/// FN is mandatory. Source: RFC 6350 section 6.2.1.
void write_display_name(ContactWriting& writing, const Row& row) {
  if (!writing.text(row).empty()) {
    writing.add(make_text("FN", writing.text(row)), {row.column});
    return;
  }
  Property property = make_text("FN", derive_name(writing.contact()));
  property.add_parameter(std::string(kDerived), "1");
  writing.add(std::move(property), {row.column});
}

/// Adds to a text that earlier properties of the same name began.
void append(ContactReading& reading, std::size_t index, const Row& row, std::string_view text,
            std::string_view between) {
  const std::string more = clean_text(text);
  Text& target = reading.contact().*row.member;
  if (more.empty()) return;
  target = target ? *target + std::string(between) + more : more;
  reading.record(index, row.column);
}

void read_categories(ContactReading& reading, std::size_t index, const Row& row) {
  std::string text;
  for (const std::string_view word : split_value(reading.property(index).value, ',')) {
    if (!text.empty()) text += ',';
    text += unescape_text(word);
  }
  append(reading, index, row, text, ",");
}

void write_categories(ContactWriting& writing, const Row& row) {
  if (writing.text(row).empty()) return;
  Property property;
  property.name = row.property;
  std::string_view rest = writing.text(row);
  for (;;) {
    const std::size_t comma = rest.find(',');
    property.value += escape_text(rest.substr(0, comma));
    if (comma == std::string_view::npos) break;
    property.value += ',';
    rest.remove_prefix(comma + 1);
  }
  writing.add(std::move(property), {row.column});
}

void read_note(ContactReading& reading, std::size_t index, const Row& row) {
  append(reading, index, row, unescape_text(reading.property(index).value), "\n");
}
void write_note(ContactWriting& writing, const Row& row) {
  if (!writing.text(row).empty()) writing.add(make_text(row.property, writing.text(row)), {row.column});
}

void read_private(ContactReading& reading, std::size_t index, const Row& row) {
  const std::string value = to_lower_ascii(trim(reading.property(index).value));
  reading.contact().private_flag = value == "private" || value == "confidential";
  reading.record(index, row.column);
}
void write_private(ContactWriting& writing, const Row& row) {
  if (writing.contact().private_flag) writing.add(make_text(row.property, "PRIVATE"), {row.column});
}

void read_color(ContactReading& reading, std::size_t index, const Row& row) {
  constexpr std::int64_t kLargestLabel = 10;
  const auto value = parse_integer(reading.property(index).value);
  if (!value || *value < 0 || *value > kLargestLabel) return;
  reading.contact().color_label = *value;
  reading.record(index, row.column);
}
void write_color(ContactWriting& writing, const Row& row) {
  if (writing.contact().color_label != 0)
    writing.add(make_text(row.property, std::to_string(writing.contact().color_label)), {row.column});
}

struct Relation {
  std::string_view type;
  int column;
};
constexpr Relation kRelations[] = {{"SPOUSE", 516}, {"MANAGER", 536}, {"ASSISTANT", 537}};

void read_related(ContactReading& reading, std::size_t index, const Row&) {
  const Property& property = reading.property(index);
  const bool names_card = property.value.starts_with("urn:") || property.value.starts_with("http");
  if (names_card) return;
  const std::string label = reading.label_of(index);
  for (const Relation& relation : kRelations)
    if (label == relation.type || property.has_type(relation.type))
      reading.set_text(index, *find_row(relation.column), unescape_text(property.value));
}

}  // namespace

const Codec kDisplayName{read_display_name, write_display_name};
const Codec kCategories{read_categories, write_categories};
const Codec kNote{read_note, write_note};
const Codec kPrivate{read_private, write_private};
const Codec kColor{read_color, write_color};
const Codec kRelated{read_related, nullptr};

}  // namespace gw::formats::vcard
