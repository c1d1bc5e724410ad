// The table between contact columns and vCard properties. A plain row is one text; what is not one-to-one
// names its codec. Completeness (every writable column) is proven by
// tests/unit/lib/formats/vcard/contact_rows_test.cpp.
#pragma once

#include <span>
#include <string_view>

#include "formats/vcard/card.hpp"
#include "model/contacts/contact.hpp"

namespace gw::formats::vcard {

using model::contacts::Contact;
using model::contacts::Text;

class ContactReading;
class ContactWriting;
struct Row;

/// How an irregular row is read and written. `read` gets the property's index in the card; it is called once
/// per property, by the first row that claims the property's name. `write` is called once per row.
struct Codec {
  void (*read)(ContactReading& reading, std::size_t index, const Row& row) = nullptr;
  void (*write)(ContactWriting& writing, const Row& row) = nullptr;
};

/// Columns of the table:
///   column     number of the API; 0 for rows that only read what other programs write
///   member     the text it fills; nullptr when the codec does more
///   property   name it is written under
///   component  which part of a structured value, -1 = the whole value
///   types      TYPE words written, and needed when read
///   also       further property names (TEL: further types) understood when read
struct Row {
  int column = 0;
  Text Contact::*member = nullptr;
  std::string_view property;
  int component = -1;
  std::string_view types;
  std::string_view also;
  const Codec* codec = nullptr;
};

std::span<const Row> contact_rows();
/// The first row that reads properties of this upper-case name; nullptr when none does.
const Row* claiming_row(std::string_view name);
/// nullptr when no row has this column.
const Row* find_row(int column);

}  // namespace gw::formats::vcard
