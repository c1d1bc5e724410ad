// N and ORG: one property, several columns. Source: RFC 6350 sections 6.2.2 and 6.6.4.
#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

/// Several names in one component ("Anna,Maria") become one text.
std::string join_list(std::string_view part) {
  std::vector<std::string> names;
  for (const std::string_view name : split_value(part, ',')) {
    std::string text = clean_text(unescape_text(name));
    if (!text.empty()) names.push_back(std::move(text));
  }
  return join(names, " ");
}

/// Units below the second have no column of their own: they stay readable in the department.
std::string join_units(const std::vector<std::string_view>& parts) {
  std::vector<std::string> units;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    std::string text = clean_text(unescape_text(parts[i]));
    if (!text.empty()) units.push_back(std::move(text));
  }
  return join(units, ", ");
}

void read_structured(ContactReading& reading, std::size_t index, const Row& row) {
  const std::vector<std::string_view> parts = split_value(reading.property(index).value, ';');
  for (const Row& other : contact_rows()) {
    if (other.property != row.property || other.codec != row.codec) continue;
    const auto component = static_cast<std::size_t>(other.component);
    if (component >= parts.size()) continue;
    if (row.property == "ORG")
      reading.set_text(index, other, component == 0 ? unescape_text(parts[0]) : join_units(parts));
    else
      reading.set_text(index, other, join_list(parts[component]));
  }
}

void write_structured(ContactWriting& writing, const Row& row) {
  if (!writing.is_first_of_group(row)) return;
  std::vector<std::string> parts(row.property == "N" ? 5 : 1);
  std::vector<int> columns;
  bool has_value = false;
  for (const Row* other : writing.group_of(row)) {
    const auto component = static_cast<std::size_t>(other->component);
    columns.push_back(other->column);
    if (writing.text(*other).empty()) continue;
    if (component >= parts.size()) parts.resize(component + 1);
    parts[component] = escape_text(writing.text(*other));
    has_value = true;
  }
  // N is mandatory in 3.0. Source: RFC 2426 section 3.1.2.
  const bool is_mandatory = row.property == "N" && writing.version() != Version::V40;
  if (!has_value && !is_mandatory) return;
  Property property;
  property.name = row.property;
  property.value = join(parts, ";");
  writing.add(std::move(property), std::move(columns));
}

}  // namespace

const Codec kStructured{read_structured, write_structured};

}  // namespace gw::formats::vcard
