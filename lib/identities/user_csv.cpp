#include "identities/user_csv.hpp"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include "core/error.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::identities {
namespace {

constexpr std::size_t kMaxCsv = 64U << 20U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// `position`: in the order of sipXecs; -1: only by its title. What phones need has no target and is passed
/// over.
struct UserColumn {
  std::string_view title;
  int position;
  std::string_view target;
};

constexpr UserColumn kUserColumns[] = {
    {"userName", 0, "login"},
    {"login", -1, "login"},
    {"pin", 1, "password"},
    {"password", -1, "password"},
    {"voicemailPin", 2, ""},
    {"sipPassword", 3, ""},
    {"firstName", 4, "first_name"},
    {"lastName", 5, "last_name"},
    {"email", 7, "mail"},
    {"mail", -1, "mail"},
    {"userGroups", 8, "groups"},
    {"groups", -1, "groups"},
    {"imId", 13, "instant_messenger1"},
    {"salutation", 14, "title"},
    {"manager", 15, "manager_name"},
    {"jobTitle", 17, "position"},
    {"jobDept", 18, "department"},
    {"companyName", 19, "company"},
    {"assistantName", 20, "assistant_name"},
    {"cellPhoneNumber", 21, "cellular_telephone1"},
    {"homePhoneNumber", 22, "telephone_home1"},
    {"assistantPhoneNumber", 23, "telephone_assistant"},
    {"faxNumber", 24, "fax_business"},
    {"didNumber", 25, "telephone_business1"},
    {"alternateEmail", 26, "email2"},
    {"alternateImId", 27, "instant_messenger2"},
    {"homeStreet", 29, "street_home"},
    {"homeCity", 30, "city_home"},
    {"homeState", 31, "state_home"},
    {"homeCountry", 32, "country_home"},
    {"homeZip", 33, "postal_code_home"},
    {"officeStreet", 34, "street_business"},
    {"officeCity", 35, "city_business"},
    {"officeState", 36, "state_business"},
    {"officeCountry", 37, "country_business"},
    {"officeZip", 38, "postal_code_business"},
    {"officeMailStop", 39, "room_number"},
    {"emailAliases", 57, "aliases"},
    {"aliases", -1, "aliases"},
    {"custom1", 58, "userfield01"},
    {"custom2", 59, "userfield02"},
    {"custom3", 60, "userfield03"},
    {"language", -1, "language"},
    {"timezone", -1, "timezone"},
    {"quota", -1, "quota"},
    {"imapLogin", -1, "imap_login"},
};

/// Titles are the same with blanks, `_` and `-` between their words or none, in any case.
std::string plain_title(std::string_view title) {
  std::string plain;
  for (const char c : title)
    if (c != ' ' && c != '_' && c != '-') plain += c;
  return to_lower_ascii(plain);
}

bool is_text_of_contacts(const model::Field<model::contacts::Contact>& field) {
  return (field.flags & model::kReadOnly) == 0 && field.codec == nullptr && field.json != "email1" &&
         std::holds_alternative<std::optional<std::string> model::contacts::Contact::*>(field.member);
}

/// Empty: nothing here has this title. `is_known`: it is one of those of phones.
std::string target_of(std::string_view title, bool& is_known) {
  const std::string plain = plain_title(title);
  is_known = true;
  for (const UserColumn& column : kUserColumns)
    if (plain_title(column.title) == plain) return std::string(column.target);
  for (const auto& field : model::contacts::contact_fields())
    if (is_text_of_contacts(field) && plain_title(field.json) == plain) return std::string(field.json);
  is_known = false;
  return {};
}

/// Between `,` and `;`; none of them empty.
std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  for (const std::string_view outer : split(text, ';'))
    for (const std::string_view part : split(outer, ','))
      if (!part.empty()) parts.emplace_back(part);
  return parts;
}

std::string_view without_mark(std::string_view text) {
  if (text.size() > kMaxCsv) throw std::invalid_argument("the file is larger than 64 MiB");
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!is_valid_utf8(text)) throw std::invalid_argument("the file is not UTF-8");
  return text;
}

}  // namespace

UserCsvReader::UserCsvReader(std::string_view text, CsvLayout layout)
    : layout_(layout),
      rows_(without_mark(text),
            layout == CsvLayout::SipXecs ? ',' : formats::csv::guess_delimiter(without_mark(text))) {
  read_titles();
}

void UserCsvReader::read_titles() {
  std::vector<std::string> titles;
  if (!rows_.next(titles)) throw std::invalid_argument("the file is empty");
  number_ = 1;
  if (layout_ == CsvLayout::SipXecs) {
    for (const UserColumn& column : kUserColumns) {
      if (column.position < 0) continue;
      const auto place = static_cast<std::size_t>(column.position);
      if (targets_.size() <= place) targets_.resize(place + 1);
      targets_[place] = column.target;
    }
    return;
  }
  for (const std::string& title : titles) {
    bool is_known = false;
    targets_.push_back(target_of(title, is_known));
    if (!is_known && !trim(title).empty()) unknown_.emplace_back(trim(title));
  }
  if (std::find(targets_.begin(), targets_.end(), "login") == targets_.end())
    throw std::invalid_argument(
        "no column has the title login or userName; without a line of titles use --format sipxecs");
}

bool UserCsvReader::next(UserRow& row) {
  std::vector<std::string> cells;
  if (!rows_.next(cells)) return false;
  row = {};
  row.number = ++number_;
  Json values = Json::object();
  for (std::size_t i = 0; i < std::min(cells.size(), targets_.size()); ++i)
    if (!targets_[i].empty() && !trim(cells[i]).empty()) take_cell(row, targets_[i], cells[i], values);
  try {
    auto input = model::contacts::parse_contact(values, true);
    row.contact = std::move(input.contact);
    row.fields = input.sent;
  } catch (const ApiError& error) {
    row.problem = error.what();
  }
  if (row.contact.display_name) row.display_name = row.contact.display_name;
  if (row.login.empty()) row.problem = "there is no login";
  return true;
}

void UserCsvReader::take_cell(UserRow& row, std::string_view target, const std::string& cell,
                              Json& values) const {
  const std::string text(trim(cell));
  if (target == "login") {
    row.login = text;
  } else if (target == "password") {
    row.password = cell;
  } else if (target == "mail") {
    row.mail = text;
  } else if (target == "language") {
    row.language = text;
  } else if (target == "timezone") {
    row.timezone = text;
  } else if (target == "imap_login") {
    row.imap_login = text;
  } else if (target == "quota") {
    row.quota = parse_integer(text);
    if (!row.quota) row.problem = "the quota is no number of bytes";
  } else if (target == "groups") {
    row.groups = split_list(text);
  } else if (target == "aliases") {
    row.aliases = split_list(text);
  } else {
    values.set(std::string(target), Json::string(text));
  }
}

}  // namespace gw::identities
