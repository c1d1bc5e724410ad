// ADR of three kinds, free-form addresses (LABEL) and which address is the default. Source: RFC 6350
// section 6.3.1, RFC 2426 section 3.2.2.
#include <array>

#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

constexpr int kDefaultAddressColumn = 605;

struct Kind {
  std::string_view type;
  std::int64_t default_address;
  int label_column;
};
constexpr std::array kKinds{Kind{"WORK", 1, 614}, Kind{"HOME", 2, 613}, Kind{"OTHER", 3, 615}};

const Kind& kind_of(const Property& property) {
  if (property.has_type("HOME")) return kKinds[1];
  if (property.has_type("WORK")) return kKinds[0];
  return kKinds[2];
}
const Kind& kind_of(std::string_view type) {
  for (const Kind& kind : kKinds)
    if (kind.type == type) return kind;
  return kKinds[2];
}

bool is_free(const Contact& contact, const Kind& kind) {
  for (const Row& row : contact_rows())
    if (row.codec == &kAddress && row.types == kind.type && contact.*row.member) return false;
  return true;
}

/// Lists inside a component ("Main St 1,Apt 4") read best with the comma.
std::string component_text(std::string_view part) {
  std::vector<std::string> pieces;
  for (const std::string_view piece : split_value(part, ',')) {
    std::string text = clean_text(unescape_text(piece));
    if (!text.empty()) pieces.push_back(std::move(text));
  }
  return join(pieces, ", ");
}

/// Post office box and extended address have no column: they become lines of the street.
std::string street_text(const std::vector<std::string_view>& parts) {
  std::vector<std::string> lines;
  for (const std::size_t i : {std::size_t{2}, std::size_t{1}, std::size_t{0}}) {
    if (i >= parts.size()) continue;
    std::string text = component_text(parts[i]);
    if (!text.empty()) lines.push_back(std::move(text));
  }
  return join(lines, "\n");
}

void read_address(ContactReading& reading, std::size_t index, const Row&) {
  const Property& property = reading.property(index);
  const Kind* kind = &kind_of(property);
  // A second address of one kind goes where there is room; with none it stays in the original only.
  if (!is_free(reading.contact(), *kind)) kind = &kKinds[2];
  if (!is_free(reading.contact(), *kind)) return;
  const std::vector<std::string_view> parts = split_value(property.value, ';');
  for (const Row& row : contact_rows()) {
    if (row.codec != &kAddress || row.types != kind->type) continue;
    const auto component = static_cast<std::size_t>(row.component);
    if (component == 2)
      reading.set_text(index, row, street_text(parts));
    else if (component < parts.size())
      reading.set_text(index, row, component_text(parts[component]));
  }
  if (const std::string_view label = property.parameter("LABEL"); !label.empty())
    reading.set_text(index, *find_row(kind->label_column), label);
  if (property.preference() == 1 && !reading.contact().default_address) {
    reading.contact().default_address = kind->default_address;
    reading.record(index, kDefaultAddressColumn);
  }
}

void write_address(ContactWriting& writing, const Row& row) {
  if (!writing.is_first_of_group(row)) return;
  const Kind& kind = kind_of(row.types);
  std::vector<std::string> parts(7);
  std::vector<int> columns;
  bool has_value = false;
  for (const Row* other : writing.group_of(row)) {
    columns.push_back(other->column);
    if (writing.text(*other).empty()) continue;
    parts[static_cast<std::size_t>(other->component)] = escape_text(writing.text(*other));
    has_value = true;
  }
  Property property;
  property.name = "ADR";
  add_types(property, kind.type, writing.version());
  const std::string_view label = writing.text(*find_row(kind.label_column));
  if (writing.version() == Version::V40 && !label.empty()) {
    property.add_parameter("LABEL", std::string(label));
    columns.push_back(kind.label_column);
    has_value = true;
  }
  if (!has_value) return;
  if (writing.contact().default_address == kind.default_address) {
    property.add_parameter("TYPE", "PREF");
    columns.push_back(kDefaultAddressColumn);
  }
  property.value = join(parts, ";");
  writing.add(std::move(property), std::move(columns));
}

void read_label(ContactReading& reading, std::size_t index, const Row&) {
  const Property& property = reading.property(index);
  reading.set_text(index, *find_row(kind_of(property).label_column), unescape_text(property.value));
}

void write_label(ContactWriting& writing, const Row& row) {
  if (writing.version() == Version::V40 || writing.text(row).empty()) return;  // 4.0: parameter of ADR
  Property property = make_text("LABEL", writing.text(row));
  add_types(property, row.types, writing.version());
  writing.add(std::move(property), {row.column});
}

void read_default(ContactReading& reading, std::size_t index, const Row& row) {
  const auto value = parse_integer(reading.property(index).value);
  if (!value || *value < 1 || *value > 3) return;
  reading.contact().default_address = *value;
  reading.record(index, row.column);
}

/// Only needed when no ADR can carry the mark.
void write_default(ContactWriting& writing, const Row& row) {
  const auto& value = writing.contact().default_address;
  if (!value || *value < 1 || *value > 3) return;
  const Kind& kind = kKinds[static_cast<std::size_t>(*value - 1)];
  const bool label_in_address =
      writing.version() == Version::V40 && !writing.text(*find_row(kind.label_column)).empty();
  if (!is_free(writing.contact(), kind) || label_in_address) return;
  writing.add(make_text(row.property, std::to_string(*value)), {row.column});
}

}  // namespace

const Codec kAddress{read_address, write_address};
const Codec kLabel{read_label, write_label};
const Codec kDefaultAddress{read_default, write_default};

}  // namespace gw::formats::vcard
