#include "provisioning/user_data.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/user_contacts.hpp"
#include "model/field_json.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning/attribute_data.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/user_fields.hpp"
#include "session/password.hpp"

namespace gw::provisioning {
namespace {

namespace users = model::users;
namespace administration = model::administration;

constexpr std::string_view kKeptPrefix = "kept/";
constexpr std::size_t kIsoDate = 10;

std::string needed(const Json& data, const char* name) {
  const auto text = text_member(data, name);
  if (!text || trim(*text).empty())
    throw Fault(FaultKind::InvalidData, fmt::format("{} is missing", name), name);
  return *text;
}

bool is_sent(const Json& data, const char* name) { return !data.get(name).is_missing(); }

Json date_value(const UserField& field, const Json& value) {
  const auto text = value.to_text();
  if (!text || text->empty()) return Json::null();
  const auto date = parse_iso_date(std::string_view(*text).substr(0, kIsoDate));
  if (!date)
    throw Fault(FaultKind::InvalidData, fmt::format("{} is no date like 2001-12-31", field.member.name),
                std::string(field.member.name));
  return Json::integer(date->to_millis());
}

/// What was sent for the entry in the global address book, under the rules of the web API.
model::contacts::ContactInput read_contact(const Json& data) {
  Json values = Json::object();
  for (const UserField& field : user_fields()) {
    if (field.home != FieldHome::Contact) continue;
    const Json value = data.get(field.member.name.data());
    if (value.is_missing()) continue;
    const bool is_date = field.member.kind == ValueKind::Date && !value.is_null();
    values.set(field.contact_name.data(), is_date ? date_value(field, value) : value);
  }
  return model::contacts::parse_contact(values, true);
}

/// Errors: Fault InvalidData when both names of the address are sent and differ.
std::optional<std::string> mail_of(const Json& data) {
  const auto primary = text_member(data, "primaryEmail");
  const auto first = text_member(data, "email1");
  if (primary && first && !equal_ignoring_ascii_case(*primary, *first))
    throw Fault(FaultKind::InvalidData, "primaryEmail and email1 must be the same", "email1");
  return primary ? primary : first;
}

std::optional<std::vector<std::string>> aliases_of(const Json& data) {
  const Json list = data.get("aliases");
  if (list.is_missing()) return std::nullopt;
  std::vector<std::string> aliases;
  for (std::size_t i = 0; list.is_array() && i < list.size(); ++i)
    if (const auto alias = list.at(i).to_text(); alias && !alias->empty()) aliases.push_back(*alias);
  return aliases;
}

std::string hash_new_password(const Settings& settings, const std::string& password) {
  users::check_new_password(password);
  return session::hash_password(password, settings.session.password_cost);
}

Json kept_value(const UserField& field, const std::string& text) {
  switch (field.member.kind) {
    case ValueKind::Int:
    case ValueKind::Long:
      return Json::integer(parse_integer(text).value_or(0));
    case ValueKind::Boolean:
      return Json::boolean(parse_boolean(text));
    case ValueKind::Map:
      return Json::parse(text).value_or(Json::object());
    default:
      return Json::string(text);
  }
}

std::optional<std::string> kept_text(const UserField& field, const Json& value) {
  if (value.is_null()) return std::nullopt;
  if (field.member.kind == ValueKind::Map) return value.dump();
  if (value.is_boolean()) return std::string(value.is_true() ? "true" : "false");
  auto text = value.to_text();
  if (!text)
    throw Fault(FaultKind::InvalidData, fmt::format("{} has no usable value", field.member.name),
                std::string(field.member.name));
  return text;
}

void write_contact(Json& out, sql::Connection& connection, ContextId context, UserId user) {
  const auto contact = model::contacts::find_user_contact(connection, context, user);
  if (!contact) return;
  const Json values = model::write_object(*contact, model::contacts::contact_fields(), model::WireFormat{});
  for (const UserField& field : user_fields()) {
    if (field.home != FieldHome::Contact) continue;
    const Json value = values.get(field.contact_name.data());
    if (value.is_missing()) continue;
    const bool is_date = field.member.kind == ValueKind::Date;
    out.set(field.member.name.data(),
            is_date ? Json::string(format_iso_date(Date::from_millis(value.as_integer()))) : value);
  }
}

void write_account(Json& out, const users::User& user) {
  out.set("id", Json::integer(user.id.value));
  out.set("name", Json::string(user.login));
  out.set("display_name", Json::string(user.display_name));
  if (!user.mail.empty()) {
    out.set("primaryEmail", Json::string(user.mail));
    out.set("email1", Json::string(user.mail));
  }
  Json aliases = Json::array();
  for (const std::string& alias : user.aliases) aliases.append(Json::string(alias));
  out.set("aliases", std::move(aliases));
  out.set("mailenabled", Json::boolean(user.enabled));
  out.set("imapLogin", Json::string(user.imap_login.value_or(user.login)));
  out.set("language", Json::string(user.locale));
  out.set("timezone", Json::string(user.timezone));
  out.set("maxQuota", Json::integer(to_megabytes(user.file_quota)));
  out.set("default_group", Json::object().set("id", Json::integer(kStandardGroup.value)));
}

}  // namespace

std::optional<users::User> find_named_user(Call& call, const Json& named) {
  sql::Connection& connection = call.work().connection();
  const ContextId context = call.context().id;
  if (!named.is_object()) throw Fault(FaultKind::InvalidData, "No user was named", "user");
  std::optional<users::User> found;
  if (const auto id = number_member(named, "id")) {
    found = users::find_user(connection, context, UserId(*id));
  } else {
    const auto login = users::normalise_login(text_member(named, "name").value_or(""));
    if (!login) throw Fault(FaultKind::InvalidData, "A user needs id or name", "user");
    found = users::find_by_login(connection, context, *login);
  }
  if (found && found->guest_created_by) return std::nullopt;
  return found;
}

users::User load_named_user(Call& call, const Json& named) {
  auto found = find_named_user(call, named);
  if (found) return std::move(*found);
  const std::string id = named.get("id").to_text().value_or("");
  throw Fault(FaultKind::NoSuchUser,
              fmt::format("The user {} does not exist", id.empty() ? *text_member(named, "name") : id));
}

users::NewUser read_new_user(const Settings& settings, const Json& data) {
  users::NewUser wanted;
  wanted.login = needed(data, "name");
  const std::string password = needed(data, "password");
  wanted.contact = read_contact(data).contact;
  wanted.contact.display_name = needed(data, "display_name");
  needed(data, "given_name");
  needed(data, "sur_name");
  wanted.mail = mail_of(data).value_or("");
  if (wanted.mail.empty()) needed(data, "primaryEmail");
  wanted.aliases = aliases_of(data).value_or(std::vector<std::string>());
  wanted.locale = text_member(data, "language").value_or("");
  wanted.timezone = text_member(data, "timezone").value_or("");
  wanted.file_quota = to_bytes(number_member(data, "maxQuota").value_or(-1));
  wanted.imap_login = text_member(data, "imapLogin");
  wanted.enabled = boolean_member(data, "mailenabled").value_or(true);
  wanted.password_hash = hash_new_password(settings, password);
  return wanted;
}

users::UserChanges read_user_changes(const Settings& settings, const Json& data, const users::User& user) {
  users::UserChanges changes;
  if (const auto name = text_member(data, "name"); name && users::normalise_login(*name) != user.login)
    throw Fault(FaultKind::InvalidData, "The login of a user cannot be changed", "name");
  model::contacts::ContactInput contact = read_contact(data);
  changes.contact = std::move(contact.contact);
  changes.contact_fields = contact.sent;
  changes.display_name = text_member(data, "display_name");
  changes.mail = mail_of(data);
  changes.aliases = aliases_of(data);
  changes.locale = text_member(data, "language");
  changes.timezone = text_member(data, "timezone");
  if (const auto quota = number_member(data, "maxQuota")) changes.file_quota = to_bytes(*quota);
  if (is_sent(data, "imapLogin")) changes.imap_login = text_member(data, "imapLogin").value_or("");
  changes.enabled = boolean_member(data, "mailenabled");
  if (const auto password = text_member(data, "password"); password && !password->empty())
    changes.password_hash = hash_new_password(settings, *password);
  return changes;
}

void store_kept_fields(model::Transaction& transaction, ContextId context, UserId user, const Json& data) {
  for (const UserField& field : user_fields()) {
    if (field.home != FieldHome::Kept) continue;
    const Json value = data.get(field.member.name.data());
    if (value.is_missing()) continue;
    administration::store_attribute(transaction, context, user,
                                    std::string(kKeptPrefix) + std::string(field.member.name),
                                    kept_text(field, value));
  }
  store_user_attributes(transaction, context, user, data.get("userAttributes"));
}

Json write_user(sql::Connection& connection, const model::contexts::Context& context,
                const users::User& user) {
  Json out = Json::object();
  write_account(out, user);
  out.set("contextadmin", Json::boolean(user.id == context.admin));
  write_contact(out, connection, context.id, user.id);
  const auto kept = administration::read_attributes(connection, context.id, user.id, kKeptPrefix);
  for (const UserField& field : user_fields())
    if (const auto value = kept.find(std::string(field.member.name));
        field.home == FieldHome::Kept && value != kept.end())
      out.set(field.member.name.data(), kept_value(field, value->second));
  Json attributes = read_user_attributes(connection, context.id, user.id);
  if (!attributes.is_missing()) out.set("userAttributes", std::move(attributes));
  return out;
}

Json write_user_name(const users::User& user) {
  return Json::object().set("id", Json::integer(user.id.value)).set("name", Json::string(user.login));
}

}  // namespace gw::provisioning
