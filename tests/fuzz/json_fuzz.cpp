// Any bytes as JSON: what is parsed is written and read back the same; then as the body of requests: a
// contact, ids, folders, a pattern. Each is taken or refused with a promised code, and what is taken keeps
// its limits.
#include <algorithm>
#include <cstdint>
#include <string>

#include "ajax/contacts/contacts_input.hpp"
#include "ajax/users/group_body.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "model/contacts/contact_codecs.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/field_json.hpp"

namespace {

using namespace gw;
using fuzz::is_taken;
using fuzz::require;
using model::contacts::Contact;

constexpr int kMaxDepth = 2'048;

/// Every value of the tree: depth, conversions.
void visit(const Json& value, int depth) {
  require(depth <= kMaxDepth);
  if (value.is_object()) {
    value.for_each_member([&](std::string_view name, const Json& member) {
      require(is_valid_utf8(name));
      visit(member, depth + 1);
    });
    return;
  }
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) visit(value.at(i), depth + 1);
    return;
  }
  const auto integer = value.to_integer();
  const auto text = value.to_text();
  if (value.is_integer()) {
    require(integer == value.as_integer());
    require(parse_integer(*text) == integer);
  }
  if (value.is_string()) {
    require(text == value.as_string() && is_valid_utf8(*text));
    require(integer == parse_integer(*text));
    require(value.to_boolean() == parse_boolean(*text));
  }
  require(text.has_value() == (value.is_string() || value.is_number()));
}

void check_round_trip(const Json& value) {
  const std::string once = value.dump();
  require(is_valid_utf8(once));
  const auto again = Json::parse(once);
  require(again && again->equals(value) && again->dump() == once);
  std::string pieces;
  require(value.dump_to([&](std::string_view piece) {
    pieces += piece;
    return true;
  }));
  require(pieces == once);
  require(!value.dump_to([](std::string_view) { return false; }));
}

void check_limits(const Contact& contact) {
  for (const auto& field : model::contacts::contact_fields()) {
    const auto* member = std::get_if<model::contacts::Text Contact::*>(&field.member);
    if (member == nullptr || field.codec != nullptr) continue;
    const auto& text = contact.*(*member);
    if (!text) continue;
    require(!text->empty() && is_valid_utf8(*text) && !has_control_characters(*text));
    require(field.max_length == 0 || count_characters(*text) <= static_cast<std::size_t>(field.max_length));
  }
  require(contact.distribution_list.size() <= model::contacts::kMaxListMembers);
}

/// A contact that was taken is taken again from what we wrote, and written the same.
void check_contact(const Json& source, bool creating) {
  is_taken({"SVL-0010", "SVL-0028", "CON-0136", "CON-0154", "CON-0168", "CON-1001"}, [&] {
    const auto table = model::contacts::contact_fields();
    const auto input = model::contacts::parse_contact(source, creating);
    check_limits(input.contact);
    const Json written = model::write_object(input.contact, table, {});
    const auto text = Json::parse(written.dump());
    require(text && text->equals(written));
    const auto again = model::contacts::parse_contact(*text, creating);
    require(model::write_object(again.contact, table, {}).equals(written));
  });
}

void check_bodies(const Json& body) {
  is_taken({"SVL-0002", "SVL-0028", "SVL-0031", "CON-0103", "CON-0261"}, [&] {
    const auto refs = ajax::parse_contact_refs(body);
    require(refs.size() <= ajax::kMaxContactIds);
    for (const auto& ref : refs) require(ref.folder.value >= 0 && ref.id.value >= 0);
  });
  is_taken({"SVL-0031", "CON-0103"}, [&] {
    for (const auto folder : ajax::parse_contact_folders(body)) require(folder.value >= 0);
  });
  is_taken({"SVL-0010", "SVL-0028"}, [&] {
    auto ids = ajax::parse_body_ids(body);
    std::sort(ids.begin(), ids.end());
    require(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  });
  is_taken({"SVL-0010", "SVL-0028"}, [&] { require(count_characters(ajax::parse_pattern(body)) <= 255); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string why;
  const auto value = Json::parse({reinterpret_cast<const char*>(data), size}, &why);
  require(value.has_value() == why.empty());
  if (!value) return 0;
  visit(*value, 1);
  check_round_trip(*value);
  check_contact(*value, true);
  check_contact(*value, false);
  check_bodies(*value);
  return 0;
}
