#include "model/contacts/contact_codecs.hpp"

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "core/errors/contact.hpp"
#include "core/text.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::int64_t kMaxMemberText = 512;

Json write_nothing(const Contact&) { return {}; }

void parse_image(Contact& contact, const Json& value) {
  contact.image1.reset();
  if (value.is_null() || (value.is_string() && value.as_string().empty())) return;
  auto bytes = value.is_string() ? from_base64(value.as_string()) : std::nullopt;
  if (!bytes || bytes->empty()) throw ApiError(errors::con::kImageBroken);
  contact.image1 = std::move(*bytes);
}

Json write_image_url(const Contact& contact) {
  if (contact.number_of_images == 0) return {};
  const std::int64_t stamp = contact.image_last_modified.value;
  if (contact.user_id > 0)
    return Json::string(fmt::format("/ajax/image/user/picture?id={}&timestamp={}", contact.user_id, stamp));
  return Json::string(fmt::format("/ajax/image/contact/picture?folder={}&id={}&timestamp={}",
                                  contact.folder_id, contact.id, stamp));
}

Json write_sort_name(const Contact& contact) {
  const std::string_view name = sort_name(contact);
  return name.empty() ? Json() : Json::string(name);
}

Json write_member(const ListMember& member) {
  Json out = Json::object();
  if (member.id != 0) out.set("id", Json::string(std::to_string(member.id)));
  if (member.folder_id != 0) out.set("folder_id", Json::string(std::to_string(member.folder_id)));
  if (member.display_name) out.set("display_name", Json::string(*member.display_name));
  if (member.sort_name) out.set("sort_name", Json::string(*member.sort_name));
  if (member.mail) out.set("mail", Json::string(*member.mail));
  out.set("mail_field", Json::integer(member.mail_field));
  return out;
}

Json write_members(const Contact& contact) {
  if (contact.distribution_list.empty() && !contact.mark_as_distributionlist) return {};
  Json out = Json::array();
  for (const ListMember& member : contact.distribution_list) out.append(write_member(member));
  return out;
}

[[noreturn]] void refuse_list(std::string_view why) {
  throw ApiError(errors::con::kUnexpected, {"distribution_list: " + std::string(why)});
}

Text parse_text(const Json& member, const char* name) {
  const Json value = member.get(name);
  if (value.is_missing() || value.is_null()) return {};
  const auto text = value.to_text();
  if (!text) refuse_list(fmt::format("{} must be a string", name));
  if (has_control_characters(*text)) throw ApiError(errors::con::kBadCharacter, {name});
  const std::string_view kept = trim(*text);
  const auto length = static_cast<std::int64_t>(count_characters(kept));
  if (length > kMaxMemberText)
    throw ApiError(errors::con::kTooLong, {name, std::to_string(kMaxMemberText), std::to_string(length)},
                   {{592, "distribution_list", length, kMaxMemberText}});
  return kept.empty() ? Text() : Text(std::string(kept));
}

std::int64_t parse_number(const Json& member, const char* name) {
  const Json value = member.get(name);
  if (value.is_missing() || value.is_null() || (value.is_string() && value.as_string().empty())) return 0;
  const auto number = value.to_integer();
  if (!number || *number < 0) refuse_list(fmt::format("{} must be a number", name));
  return *number;
}

ListMember parse_list_member(const Json& source) {
  if (!source.is_object()) refuse_list("a member must be an object");
  ListMember member;
  member.id = parse_number(source, "id");
  member.folder_id = parse_number(source, "folder_id");
  member.mail_field = parse_number(source, "mail_field");
  member.display_name = parse_text(source, "display_name");
  member.mail = parse_text(source, "mail");
  if (member.mail_field > 3) refuse_list("mail_field must be 0, 1, 2 or 3");
  if (member.mail_field == 0 || member.id == 0) member.id = member.folder_id = member.mail_field = 0;
  return member;
}

void parse_members(Contact& contact, const Json& value) {
  contact.distribution_list.clear();
  if (value.is_null()) return;
  if (!value.is_array()) refuse_list("it must be an array");
  if (value.size() > kMaxListMembers)
    refuse_list(fmt::format("at most {} members are possible", kMaxListMembers));
  contact.distribution_list.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i)
    contact.distribution_list.push_back(parse_list_member(value.at(i)));
}

}  // namespace

constexpr FieldCodec<Contact> kImageCodec{write_nothing, parse_image};
constexpr FieldCodec<Contact> kImageUrlCodec{write_image_url, nullptr};
constexpr FieldCodec<Contact> kSortNameCodec{write_sort_name, nullptr};
constexpr FieldCodec<Contact> kDistributionListCodec{write_members, parse_members};

std::string_view sort_name(const Contact& contact, bool reading_first) {
  if (reading_first && contact.yomiLastName) return *contact.yomiLastName;
  for (const Text* text : {&contact.last_name, &contact.first_name, &contact.display_name, &contact.company,
                           &contact.email1, &contact.email2})
    if (*text) return **text;
  return {};
}

}  // namespace gw::model::contacts
