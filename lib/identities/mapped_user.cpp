#include "identities/mapped_user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "directory/dn.hpp"
#include "directory/values.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/users/account_rules.hpp"

namespace gw::identities {
namespace {

using directory::Entry;
using directory::Section;

constexpr std::size_t kMaxUuid = 64, kMaxModified = 80, kDigestCharacters = 16;

constexpr std::string_view kAccountFields[] = {"login",    "mail",  "aliases",    "language",
                                               "timezone", "quota", "imap_login", "disabled"};
constexpr std::string_view kGroupFields[] = {"name", "display_name", "members"};
constexpr std::string_view kResourceFields[] = {"name", "display_name", "mail", "description", "disabled"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// Texts that a client may write, too.
bool is_contact_text(std::string_view name) {
  const auto table = model::contacts::contact_fields();
  const int row = model::find_json(table, name);
  if (row < 0 || name == "email1") return false;
  const auto& field = table[static_cast<std::size_t>(row)];
  return (field.flags & model::kReadOnly) == 0 && field.codec == nullptr &&
         std::holds_alternative<std::optional<std::string> model::contacts::Contact::*>(field.member);
}

template <std::size_t N>
void check_section(const std::optional<Section>& section, std::string_view title,
                   const std::string_view (&known)[N], std::initializer_list<std::string_view> needed) {
  if (!section) return;
  for (const auto& [name, rule] : section->fields)
    if (!is_one_of(name, known))
      throw directory::MappingError(fmt::format("[{}]: {} is not known", title, name));
  for (const std::string_view name : needed)
    if (!section->fields.contains(name))
      throw directory::MappingError(fmt::format("[{}] has no line {}", title, name));
}

/// What stands before the `@`: names of principals and addresses serve as logins.
std::string login_of(const std::string& value) { return value.substr(0, value.find('@')); }

void map_account(MappedUser& user, const Entry& entry, const Section& section) {
  const auto value = [&](std::string_view name) -> std::optional<std::string> {
    const auto rule = section.fields.find(name);
    if (rule == section.fields.end()) return std::nullopt;
    return directory::read_value(entry, rule->second);
  };
  user.login = login_of(value("login").value_or(""));
  user.mail = value("mail");
  user.imap_login = value("imap_login");
  if (const auto language = value("language"); language && !language->empty())
    user.locale = model::users::normalise_locale(language->substr(0, language->find_first_of(",;")));
  if (const auto zone = value("timezone"); zone && TimeZone::find(*zone)) user.timezone = zone;
  if (const auto quota = value("quota"); quota && !quota->empty()) user.quota = parse_integer(*quota);
  if (const auto rule = section.fields.find("aliases"); rule != section.fields.end()) {
    user.aliases = directory::read_values(entry, rule->second);
    // Active Directory writes what kind of address it is, and means mail by smtp.
    std::erase_if(*user.aliases, [](std::string& alias) {
      if (to_lower_ascii(alias.substr(0, 5)) == "smtp:") alias.erase(0, 5);
      return !model::users::is_mail_address(alias);
    });
  }
  if (const auto rule = section.fields.find("disabled"); rule != section.fields.end())
    user.is_disabled = directory::read_flag(entry, rule->second);
}

std::string made_display_name(const MappedUser& user) {
  std::string name = user.contact.first_name.value_or("");
  const std::string last = user.contact.last_name.value_or("");
  if (!name.empty() && !last.empty()) name += ' ';
  name += last;
  return name.empty() ? user.login : name;
}

void map_contact(MappedUser& user, const Entry& entry, const Section& section) {
  Json values = Json::object();
  for (const auto& [name, rule] : section.fields) {
    if (!is_contact_text(name)) continue;
    const std::string text = directory::read_value(entry, rule);
    values.set(name, text.empty() ? Json::null() : Json::string(text));
  }
  auto input = model::contacts::parse_contact(values, true);
  user.contact = std::move(input.contact);
  user.fields = input.sent;
  const auto name_row = static_cast<std::size_t>(
      model::find_json(model::contacts::contact_fields(), std::string_view("display_name")));
  if (user.fields.test(name_row) && !user.contact.display_name)
    user.contact.display_name = made_display_name(user);
}

/// A time in whole seconds (RFC 4517 section 3.3.13) that may be that of a second change yet to come.
bool is_of_this_moment(const std::string& modified) {
  constexpr std::size_t kDigits = 14;
  constexpr std::int64_t kMoment = 10'000;  // ms, for clocks that differ
  if (modified.size() != kDigits + 1 || modified.back() != 'Z') return false;
  std::string limit;
  for (const char c : format_utc({system_clock().now().value - kMoment}))
    if (c >= '0' && c <= '9') limit += c;
  return modified.substr(0, kDigits) >= limit.substr(0, kDigits);
}

}  // namespace

MappedUser map_user(const directory::Directory& directory, const Entry& entry) {
  const Section& section = *directory.mapping().user;
  MappedUser user;
  user.uuid = uuid_of(entry, section);
  user.dn = directory::normalise_dn(entry.dn);
  user.mark = mark_of(entry, section, digest_of_mapping(directory.settings()));
  map_account(user, entry, section);
  try {
    map_contact(user, entry, section);
  } catch (const ApiError& error) {
    user.problem = error.what();
  }
  const auto login = model::users::normalise_login(user.login);
  if (user.uuid.empty())
    user.problem = "the entry has no id";
  else if (!login)
    user.problem = user.login.empty() ? "the entry has no login" : "the login is not valid here";
  else
    user.login = *login;
  if (user.mail && !user.mail->empty() && !model::users::is_mail_address(*user.mail))
    user.problem = "the mail address is not valid";
  return user;
}

void check_mapping(const directory::Mapping& mapping) {
  for (const auto& [name, rule] : mapping.user->fields)
    if (!is_one_of(name, kAccountFields) && !is_contact_text(name))
      throw directory::MappingError(fmt::format(
          "[user]: {} is neither login, mail, aliases, language, timezone, quota, imap_login, disabled "
          "nor a text field of contacts",
          name));
  if (!mapping.user->fields.contains("login")) throw directory::MappingError("[user] has no line login");
  check_section(mapping.group, "group", kGroupFields, {"name", "members"});
  check_section(mapping.resource, "resource", kResourceFields, {"name", "mail"});
  if (!mapping.contact) return;
  for (const auto& [name, rule] : mapping.contact->fields)
    if (name != "email1" && name != kPictureField && name != kListMark && name != kMembersField &&
        !is_contact_text(name))
      throw directory::MappingError(
          fmt::format("[contact]: {} is no text field of contacts, nor image1, distribution_list or "
                      "mark_as_distributionlist",
                      name));
}

std::string uuid_of(const Entry& entry, const Section& section) {
  std::string uuid = directory::read_value(entry, section.id);
  return uuid.size() <= kMaxUuid ? uuid : to_hex(sha256(uuid));
}

std::string mark_of(const Entry& entry, const Section& section, const std::string& mapping_digest) {
  const std::string modified = directory::read_value(entry, section.modified);
  if (modified.empty() || is_of_this_moment(modified)) return {};
  return modified.substr(0, kMaxModified) + "/" + mapping_digest;
}

std::string digest_of_mapping(const DirectorySettings& settings) {
  return to_hex(sha256(settings.mapping)).substr(0, kDigestCharacters);
}

}  // namespace gw::identities
