#include "formats/vcard/contact_writing.hpp"

#include "core/text.hpp"
#include "core/time.hpp"
#include "formats/lines/text_value.hpp"

namespace gw::formats::vcard {

Property make_text(std::string_view name, std::string_view text) {
  Property property;
  property.name = name;
  property.value = escape_text(text);
  return property;
}

std::vector<Property> frame_properties(const Contact& contact) {
  std::vector<Property> frame{make_text("PRODID", "-//Groupware//vCard//EN")};
  if (contact.last_modified.value > 0) frame.push_back(make_text("REV", format_utc(contact.last_modified)));
  return frame;
}

void add_types(Property& property, std::string_view words, Version version) {
  for (const std::string_view word : split(words, ' ')) {
    if (word.empty()) continue;
    if (word == "PREF")  // the writer turns it into PREF=1 where the version wants that
      property.add_parameter("TYPE", "PREF");
    else
      property.add_parameter("TYPE", version == Version::V40 ? to_lower_ascii(word) : std::string(word));
  }
}

std::vector<const Row*> ContactWriting::group_of(const Row& row) const {
  std::vector<const Row*> group;
  for (const Row& other : contact_rows())
    if (other.codec == row.codec && other.property == row.property && other.types == row.types)
      group.push_back(&other);
  return group;
}

bool ContactWriting::is_first_of_group(const Row& row) const { return group_of(row).front() == &row; }

void ContactWriting::mark_place(Property& property, const Row& row) const {
  for (const Row* other : group_of(row)) {
    if (other == &row) return;
    if (text(*other).empty()) {
      property.add_parameter("X-GW-COLUMN", std::to_string(row.column));
      return;
    }
  }
}

std::vector<Generated> ContactWriting::run() {
  for (const Row& row : contact_rows()) {
    if (row.codec != nullptr) {
      if (row.codec->write != nullptr) row.codec->write(*this, row);
    } else if (!text(row).empty()) {
      add(make_text(row.property, text(row)), {row.column});
    }
  }
  return std::move(generated_);
}

}  // namespace gw::formats::vcard
