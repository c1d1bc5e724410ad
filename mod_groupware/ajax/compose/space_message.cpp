#include "ajax/compose/space_message.hpp"

#include <algorithm>

#include "ajax/mail/mail_columns.hpp"
#include "ajax/mail/mail_input.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace compositions = model::compositions;
using compositions::Space;

/// What a member of the model is, and what is said when it is too long.
struct Member {
  const char* name;
  Json (*read)(const Member& member, const Json& value);
  const ErrorCode* too_long = nullptr;
};

[[noreturn]] void refuse_word(const Member& member, const Json& value) {
  const std::string word = value.to_text().value_or(value.dump());
  throw ApiError(errors::msg::kBadParameter, {member.name, std::string(first_characters(word, 100))});
}

void check_length(const Member& member, const Json& value, std::size_t limit) {
  if (value.dump().size() > limit) throw ApiError(*member.too_long);
}

/// A text may name somebody without an address.
mail::AddressList whole_addresses(const Json& value) {
  mail::AddressList list = parse_address_value(value);
  for (const mail::Address& each : list)
    if (each.address.empty()) throw ApiError(errors::msg::kBadAddress, {each.personal.value_or("")});
  return list;
}

/// A pair, a list of one pair, or one text.
Json read_address(const Member& member, const Json& value) {
  const bool is_pair = value.is_array() && value.size() > 0 && !value.at(0).is_array();
  const mail::AddressList list = whole_addresses(is_pair ? Json::array().append(value) : value);
  if (list.empty()) return {};
  Json pair = write_pair(list.front());
  check_length(member, pair, kMaxOneAddress);
  return pair;
}

Json read_addresses(const Member& member, const Json& value) {
  Json pairs = write_pairs(whole_addresses(value));
  check_length(member, pairs, kMaxAddressList);
  return pairs;
}

Json read_subject(const Member& member, const Json& value) {
  const auto text = value.to_text();
  if (!text) refuse_word(member, value);
  if (count_characters(*text) > kMaxSubject) throw ApiError(*member.too_long);
  return Json::string(*text);
}

Json read_content(const Member& member, const Json& value) {
  const auto text = value.to_text();
  if (!text) refuse_word(member, value);
  if (text->size() > kMaxContent) throw ApiError(errors::msg::kContentTooBig);
  return Json::string(*text);
}

Json read_content_type(const Member& member, const Json& value) {
  const auto word = value.to_text();
  if (!word) refuse_word(member, value);
  return Json::string(parse_content_type(*word));
}

Json read_flag(const Member& member, const Json& value) {
  const auto flag = value.to_boolean();
  if (!flag) refuse_word(member, value);
  return Json::boolean(*flag);
}

Json read_priority_word(const Member& member, const Json& value) {
  const std::string word = to_lower_ascii(value.as_string());
  if (word != "low" && word != "normal" && word != "high") refuse_word(member, value);
  return Json::string(word);
}

/// Only kept: who may have such links is decided when the mail is sent (space_sharing.hpp).
Json read_shared(const Member& member, const Json& value) {
  constexpr std::size_t kMaxShared = 4'096;
  if (!value.is_object() || value.dump().size() > kMaxShared) refuse_word(member, value);
  Json kept = Json::object();
  for (const char* name : {"enabled", "autodelete"})
    if (const Json flag = value.get(name); flag.is_boolean()) kept.set(name, flag);
  for (const char* name : {"language", "password"})
    if (const Json text = value.get(name); text.is_string()) kept.set(name, text);
  if (const auto expiry = value.get("expiryDate").to_integer())
    kept.set("expiryDate", Json::integer(*expiry));
  return kept;
}

/// Clients send the object also without a wish.
Json read_security(const Member&, const Json& value) {
  for (const char* wish : {"encrypt", "sign", "pgpInline"})
    if (value.get(wish).is_true()) throw ApiError(errors::msg::kUnsupportedOperation, {wish});
  return {};
}

Json read_custom_headers(const Member& member, const Json& value) {
  if (!value.is_object() || value.size() > kMaxCustomHeaders || value.dump().size() > kMaxAddressList)
    refuse_word(member, value);
  Json kept = Json::object();
  value.for_each_member([&](std::string_view name, const Json& text) {
    constexpr std::string_view kCustom = "x-";
    if (name.size() > kCustom.size() && equal_ignoring_ascii_case(name.substr(0, kCustom.size()), kCustom) &&
        text.is_string())
      kept.set(std::string(name), text);
  });
  return kept;
}

namespace codes = errors::msgcs;
constexpr Member kMembers[] = {
    {"from", read_address, &codes::kFromTooLong},
    {"sender", read_address, &codes::kSenderTooLong},
    {"to", read_addresses, &codes::kToTooLong},
    {"cc", read_addresses, &codes::kCcTooLong},
    {"bcc", read_addresses, &codes::kBccTooLong},
    {"replyTo", read_address, &codes::kReplyToTooLong},
    {"subject", read_subject, &codes::kSubjectTooLong},
    {"content", read_content},
    {"contentType", read_content_type},
    {"requestReadReceipt", read_flag},
    {"priority", read_priority_word},
    {"sharedAttachments", read_shared},
    {"security", read_security},
    {"customHeaders", read_custom_headers},
};

Json parse_sent(std::string_view text) {
  std::string why;
  auto parsed = Json::parse(text, &why);
  if (!parsed) throw ApiError(errors::svl::kBodyNotJson, {why});
  return std::move(*parsed);
}

/// What a message says when nobody said anything.
Json default_of(std::string_view name) {
  if (name == "to" || name == "cc" || name == "bcc") return Json::array();
  if (name == "subject" || name == "content") return Json::string("");
  if (name == "contentType") return Json::string(kPlainContent);
  if (name == "requestReadReceipt") return Json::boolean(false);
  if (name == "priority") return Json::string("normal");
  return {};
}

Json write_meta(const Json& meta) {
  Json shown = Json::object();
  for (const char* name : {"type", "date", "originalFolderId", "originalId"})
    if (const Json value = meta.get(name); !value.is_missing()) shown.set(name, value);
  return shown;
}

Json write_attachments(const Space& space) {
  Json list = Json::array();
  for (const compositions::Attachment& each : space.attachments) list.append(write_attachment(each));
  return list;
}

}  // namespace

void merge_message(Json& message, const Json& changes) {
  if (!changes.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  Json merged = message.deep_copy();
  for (const Member& member : kMembers) {
    const Json value = changes.get(member.name);
    if (value.is_missing()) continue;
    Json kept = value.is_null() ? Json() : member.read(member, value);
    if (kept.is_missing())
      merged.remove(member.name);
    else
      merged.set(member.name, std::move(kept));
  }
  // Control characters take six bytes each there.
  if (merged.dump().size() > kMaxMessage) throw ApiError(errors::msg::kContentTooBig);
  message = std::move(merged);
}

std::string parse_content_type(std::string_view word) {
  const std::string type = to_lower_ascii(trim(word.substr(0, word.find(';'))));
  if (type == "alternative") return std::string(kAlternativeContent);
  for (const std::string_view known : {kPlainContent, kHtmlContent, kAlternativeContent})
    if (type == known) return type;
  throw ApiError(errors::msg::kBadParameter, {"contentType", std::string(first_characters(word, 100))});
}

Json write_pair(const mail::Address& address) { return write_addresses({address}).at(0); }

Json write_pairs(const mail::AddressList& list) { return write_addresses(list); }

Json write_space(const Space& space, std::string_view columns) {
  Json all = Json::object();
  all.set("id", Json::string(space.id));
  for (const Member& member : kMembers) {
    Json value = space.message.get(member.name);
    if (value.is_missing()) value = default_of(member.name);
    if (!value.is_missing()) all.set(member.name, value);
  }
  all.set("attachments", write_attachments(space));
  all.set("meta", write_meta(space.meta));
  if (columns.empty()) return all;
  Json chosen = Json::object();
  for (const std::string_view column : split(columns, ','))
    if (const Json value = all.get(std::string(trim(column)).c_str()); !value.is_missing())
      chosen.set(std::string(trim(column)), value);
  return chosen;
}

Json write_attachment(const compositions::Attachment& attachment) {
  Json object = Json::object();
  object.set("id", Json::string(attachment.id));
  object.set("name", Json::string(attachment.name));
  object.set("size", Json::integer(attachment.file.size));
  object.set("mimeType", Json::string(attachment.media_type));
  if (!attachment.content_id.empty()) object.set("cid", Json::string(attachment.content_id));
  object.set("contentDisposition", Json::string(attachment.is_inline ? "inline" : "attachment"));
  object.set("origin", Json::string(compositions::origin_name(attachment.origin)));
  return object;
}

Json sent_json(const Invocation& invocation) {
  const Request& request = invocation.request;
  for (const char* part : {"JSON", "json", "json_0"})
    if (const auto text = request.form.find(part)) return parse_sent(*text);
  return request.is_multipart || request.body.empty() ? Json() : parse_sent(request.body);
}

}  // namespace gw::ajax
