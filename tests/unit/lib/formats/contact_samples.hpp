// Contacts for round trips: every writable column filled, in several scripts.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/contacts/contact_fields.hpp"
#include "model/field_json.hpp"
#include "support/source_folder.hpp"

namespace gw::test {

using model::contacts::Contact;
using model::contacts::Text;
using TextField = Text Contact::*;

/// The columns whose value clients send and which a file can carry. The picture (570, 601) travels beside the
/// contact.
inline bool is_carried(const model::Field<Contact>& field) {
  using namespace model;
  if (field.flags & kReadOnly) return false;
  return field.column != 20 && field.column != 570 && field.column != 601;
}

inline const TextField* text_member(const model::Field<Contact>& field) {
  return std::get_if<TextField>(&field.member);
}

inline constexpr std::array<std::string_view, 8> kScripts{
    "Müller, \"Straße\"; \\1",    "Ελληνικά",           "Кириллица^n", "漢字かな", "العربية", "हिन्दी",
    "emoji 👩‍👩‍👧 x", "plain text = + - @",
};

/// Every text column holds its own number and a piece of one script.
inline Contact full_contact(std::size_t script) {
  Contact contact;
  for (const auto& field : model::contacts::contact_fields()) {
    if (!is_carried(field)) continue;
    if (const TextField* member = text_member(field)) {
      std::string value =
          std::string(kScripts[script % kScripts.size()]) + " " + std::to_string(field.column);
      if (field.flags & model::kMultiline) value += "\nsecond line";
      contact.*(*member) = value;
    }
  }
  contact.birthday = date_from_civil({1980, 2, 29});
  contact.anniversary = date_from_civil({2001, 12, 31});
  contact.default_address = 2;
  contact.private_flag = true;
  contact.color_label = 7;
  return contact;
}

/// tests/data of the source tree.
inline std::filesystem::path data_folder() { return source_folder() / "tests" / "data"; }

inline std::string value_of(const Contact& contact, const model::Field<Contact>& field) {
  return write_field(contact, field, model::WireFormat{}).dump();
}

}  // namespace gw::test
