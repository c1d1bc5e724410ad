#include "ajax/users/user_columns.hpp"

#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax {
namespace {

using model::Caller;
using model::users::User;

Json write_id(const User& user, const Caller&) { return Json::integer(user.id.value); }

Json write_aliases(const User& user, const Caller&) {
  Json aliases = Json::array();
  for (const std::string& alias : user.aliases) aliases.append(Json::string(alias));
  return aliases;
}

Json write_timezone(const User& user, const Caller&) { return Json::string(user.timezone); }
Json write_locale(const User& user, const Caller&) { return Json::string(user.locale); }

Json write_groups(const User& user, const Caller&) {
  Json groups = Json::array();
  for (const GroupId group : user.groups) groups.append(Json::integer(group.value));
  return groups;
}

Json write_contact_id(const User& user, const Caller&) {
  return Json::string(std::to_string(user.contact.value));
}

/// A login name is half of a login: only for its owner and the context admin.
Json write_login_info(const User& user, const Caller& caller) {
  return user.id == caller.user || caller.is_context_admin ? Json::string(user.login) : Json();
}

Json write_guest_creator(const User& user, const Caller&) {
  return Json::integer(user.guest_created_by.value);
}

constexpr UserColumn kUserColumns[] = {
    {1, "id", write_id},
    {610, "aliases", write_aliases},
    {611, "timezone", write_timezone},
    {612, "locale", write_locale},
    {613, "groups", write_groups},
    {614, "contact_id", write_contact_id},
    {615, "login_info", write_login_info},
    {616, "guest_created_by", write_guest_creator},
};

}  // namespace

const UserColumn* find_user_column(int column) {
  for (const UserColumn& row : kUserColumns)
    if (row.column == column) return &row;
  return nullptr;
}

UserColumns::UserColumns(std::string_view text) : numbers_(model::parse_column_numbers(text)) {}

model::FieldSet UserColumns::contact_fields() const {
  std::vector<int> numbers;
  for (const int number : numbers_)
    if (find_user_column(number) == nullptr) numbers.push_back(number);
  return model::contacts::fields_of(numbers);
}

Json UserColumns::write_row(const User& user, const model::contacts::Contact& contact, const Caller& caller,
                            const model::WireFormat& format) const {
  const auto table = model::contacts::contact_fields();
  Json row = Json::array();
  for (const int number : numbers_) {
    Json cell;
    if (const UserColumn* own = find_user_column(number))
      cell = own->write(user, caller);
    else if (const int index = model::find_column(table, number); index >= 0)
      cell = model::write_field(contact, table[static_cast<std::size_t>(index)], format);
    row.append(cell.is_missing() ? Json::null() : std::move(cell));
  }
  return row;
}

Json write_user(const User& user, const model::contacts::Contact& contact, const Caller& caller,
                const model::WireFormat& format) {
  Json object = model::write_object(contact, model::contacts::contact_fields(), format);
  for (const UserColumn& column : kUserColumns)
    if (Json value = column.write(user, caller); !value.is_missing())
      object.set(column.name, std::move(value));
  return object;
}

}  // namespace gw::ajax
