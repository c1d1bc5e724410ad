#include "model/contacts/contact_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/field_json.hpp"

namespace gw::model::contacts {
namespace {

namespace con = errors::con;

constexpr FieldErrors kFieldErrors{con::kTooLong, con::kBadCharacter, errors::svl::kBadParameter};
constexpr std::int64_t kMaxColorLabel = 10;
constexpr std::int64_t kMaxDefaultAddress = 3;

bool is_domain(std::string_view domain) {
  if (domain.size() > 2 && domain.front() == '[' && domain.back() == ']') return true;
  if (domain.empty() || domain.front() == '.' || domain.back() == '.' || domain.front() == '-') return false;
  if (domain.find("..") != std::string_view::npos) return false;
  return std::all_of(domain.begin(), domain.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) || c == '-' || c == '.' || c == '_';
  });
}

bool is_local_part(std::string_view local) {
  constexpr std::string_view kForbidden = "()<>[]:;,\\\"@";
  if (local.empty()) return false;
  if (local.size() > 2 && local.front() == '"' && local.back() == '"')
    return local.substr(1, local.size() - 2).find('"') == std::string_view::npos;
  return std::all_of(local.begin(), local.end(), [&](unsigned char c) {
    return c > 0x20 && c != 0x7F && kForbidden.find(static_cast<char>(c)) == std::string_view::npos;
  });
}

Text build_display_name(const Contact& contact) {
  if (contact.last_name && contact.first_name) return *contact.last_name + ", " + *contact.first_name;
  for (const Text* text : {&contact.last_name, &contact.first_name, &contact.company, &contact.email1,
                           &contact.email2, &contact.email3})
    if (*text) return *text;
  return {};
}

Text shortened(const Text& text, std::size_t characters) {
  return text ? Text(std::string(first_characters(*text, characters))) : Text();
}

void check_range(std::string_view name, std::int64_t value, std::int64_t max) {
  if (value < 0 || value > max)
    throw ApiError(errors::svl::kBadParameter, {std::string(name), std::to_string(value)});
}

}  // namespace

bool is_mail_address(std::string_view text) {
  constexpr std::size_t kLongest = 512;
  const std::size_t at = text.rfind('@');
  return text.size() <= kLongest && at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

bool is_sent(const FieldSet& sent, int column) {
  const int index = find_column(contact_fields(), column);
  return index >= 0 && sent.test(static_cast<std::size_t>(index));
}

FieldSet fields_of(std::span<const int> columns) {
  FieldSet fields;
  for (const int column : columns)
    if (const int index = find_column(contact_fields(), column); index >= 0)
      fields.set(static_cast<std::size_t>(index));
  return fields;
}

FieldSet all_fields() {
  FieldSet fields;
  for (std::size_t i = 0; i < contact_fields().size(); ++i) fields.set(i);
  return fields;
}

ContactInput parse_contact(const Json& source, bool creating) {
  if (!source.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  ContactInput input;
  input.sent = parse_object(input.contact, source, contact_fields(), kFieldErrors, creating);
  check_range("color_label", input.contact.color_label, kMaxColorLabel);
  check_range("default_address", input.contact.default_address.value_or(0), kMaxDefaultAddress);
  check_range("folder_id", input.contact.folder_id, INT64_MAX);
  return input;
}

void complete_new(Contact& contact, const FieldSet& sent) {
  constexpr std::size_t kLongestName = 320;
  if (!is_sent(sent, 500)) contact.display_name = shortened(build_display_name(contact), kLongestName);
  if (!contact.file_as) contact.file_as = contact.display_name;
  if (!contact.uid) contact.uid = random_uuid();
}

void apply_input(Contact& stored, const ContactInput& input) {
  const auto table = contact_fields();
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!input.sent.test(i) || table[i].sql.empty() || (table[i].flags & (kReadOnly | kCreateOnly))) continue;
    std::visit([&](auto member) { stored.*member = input.contact.*member; }, table[i].member);
  }
  if (is_sent(input.sent, 592)) stored.distribution_list = input.contact.distribution_list;
}

void settle_list(Contact& contact, const FieldSet& sent) {
  const bool list_sent = is_sent(sent, 592);
  contact.number_of_distribution_list = static_cast<std::int64_t>(contact.distribution_list.size());
  if (!contact.distribution_list.empty())
    contact.mark_as_distributionlist = true;
  else if (!list_sent || !is_sent(sent, 602))
    contact.mark_as_distributionlist = false;
  if (contact.mark_as_distributionlist && !contact.display_name) throw ApiError(con::kDisplayNameMandatory);
}

void check_addresses(const Contact& contact, const FieldSet& sent) {
  const std::tuple<int, const char*, const Text*> addresses[] = {
      {555, "email1", &contact.email1}, {556, "email2", &contact.email2}, {557, "email3", &contact.email3}};
  for (const auto& [column, name, address] : addresses)
    if (is_sent(sent, column) && *address && !is_mail_address(**address))
      throw ApiError(con::kBadMailAddress, {**address}, {{column, name, -1, -1}});
}

void check_private_flag(const Contact& contact, const folders::FolderAccess& folder) {
  if (!contact.private_flag || folder.type == folders::FolderType::Private) return;
  if (folder.type == folders::FolderType::Shared) throw ApiError(con::kNoPrivateInShared);
  throw ApiError(con::kPrivateInPublic);
}

void check_user_contact(const Contact& before, const Contact& after) {
  if (after.email1 != before.email1) throw ApiError(con::kPrimaryAddressFixed);
  if (before.display_name && !after.display_name) throw ApiError(con::kDisplayNameMandatory);
  if (before.first_name && !after.first_name) throw ApiError(con::kFirstNameMandatory);
  if (before.last_name && !after.last_name) throw ApiError(con::kLastNameMandatory);
  if (after.mark_as_distributionlist)
    throw ApiError(con::kUnexpected, {"the contact of a user cannot be a distribution list"});
}

}  // namespace gw::model::contacts
