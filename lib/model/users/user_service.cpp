#include "model/users/user_service.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/contacts/user_contacts.hpp"
#include "model/folders/folder_access.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_preferences.hpp"
#include "sql/dialect.hpp"

namespace gw::model::users {
namespace {

namespace usr = errors::usr;

constexpr std::string_view kSelectAttribute =
    "SELECT value FROM user_attributes WHERE cid=? AND user_id=? AND name=?";
constexpr std::string_view kCountAttributes =
    "SELECT COUNT(*) FROM user_attributes WHERE cid=? AND user_id=?";
constexpr std::string_view kInsertAttribute =
    "INSERT INTO user_attributes (cid,user_id,name,value) VALUES (?,?,?,?)";
constexpr std::string_view kUpdateAttribute =
    "UPDATE user_attributes SET value=? WHERE cid=? AND user_id=? AND name=?";
constexpr std::string_view kDeleteAttribute =
    "DELETE FROM user_attributes WHERE cid=? AND user_id=? AND name=?";

bool may_see(const Caller& caller, const User& user) {
  if (user.id == caller.user) return true;
  return !user.guest_created_by && caller.modules.has(Module::GlobalAddressBook);
}

void require_own_attributes(const UnitOfWork& work, UserId user, std::string_view name) {
  if (user != work.caller().user) throw ApiError(usr::kNoPermission);
  if (name.empty()) throw ApiError(usr::kMissing, {"name"});
  if (count_characters(name) > kMaxAttributeName || has_control_characters(name))
    throw ApiError(errors::svl::kBadParameter, {"name", std::string(first_characters(name, 40))});
}

std::optional<std::string> find_attribute(sql::Connection& connection, ContextId context, UserId user,
                                          std::string_view name) {
  sql::Query row = connection.query(kSelectAttribute, context, user, name);
  return row.next() ? row.optional_string(0) : std::nullopt;
}

void apply_preferences(Transaction& transaction, UserId user, const UserInput& input) {
  if (input.timezone) change_timezone(transaction, user, *input.timezone);
  if (input.locale) change_locale(transaction, user, *input.locale);
}

/// Language and zone may be changed even where people may not edit their entry in the address book.
Millis update_preferences(UnitOfWork& work, const User& user, const UserInput& input, Millis known) {
  Millis version;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    const auto contact = contacts::find_user_contact(transaction.connection(), work.context(), user.id);
    if (!contact) throw ApiError(errors::con::kNotFound, {std::to_string(user.contact.value)});
    if (contact->last_modified > known) throw ApiError(errors::con::kChanged);
    version = contact->last_modified;
    apply_preferences(transaction, user.id, input);
  });
  return version;
}

}  // namespace

std::vector<User> list_visible(UnitOfWork& work) {
  std::vector<User> users;
  if (!work.caller().modules.has(Module::GlobalAddressBook)) {
    if (auto self = find_user(work.connection(), work.context(), work.caller().user))
      users.push_back(std::move(*self));
    return users;
  }
  work.snapshot([&](sql::Connection& connection) { users = list_users(connection, work.context()); });
  return users;
}

User load_visible(UnitOfWork& work, UserId id) {
  auto user = find_user(work.connection(), work.context(), id);
  if (!user || !may_see(work.caller(), *user)) throw ApiError(usr::kNotFound, {std::to_string(id.value)});
  return std::move(*user);
}

Millis update_user(UnitOfWork& work, UserId id, const UserInput& input, Millis known) {
  const User user = load_visible(work, id);
  if (id != work.caller().user && !work.caller().is_context_admin) throw ApiError(usr::kNoPermission);
  if (input.timezone && !TimeZone::find(*input.timezone))
    throw ApiError(usr::kBadTimeZone, {*input.timezone});
  if (input.locale && !normalise_locale(*input.locale)) throw ApiError(usr::kBadLocale, {*input.locale});
  if (input.contact.sent.none()) return update_preferences(work, user, input, known);
  const contacts::ContactRef ref{folders::system_folder::kGlobalAddressBook, user.contact};
  const auto also = [&](Transaction& transaction) { apply_preferences(transaction, id, input); };
  return contacts::update(work, ref, input.contact, known, also).timestamp;
}

std::optional<std::string> get_attribute(UnitOfWork& work, UserId user, std::string_view name) {
  require_own_attributes(work, user, name);
  return find_attribute(work.connection(), work.context(), user, name);
}

bool set_attribute(UnitOfWork& work, UserId user, std::string_view name,
                   const std::optional<std::string>& value, bool only_if_absent) {
  require_own_attributes(work, user, name);
  if (value && (value->size() > kMaxAttributeValue || !is_valid_utf8(*value)))
    throw ApiError(errors::svl::kBadParameter, {"value", std::string(first_characters(*value, 40))});
  bool done = false;
  work.write([&](Transaction& transaction) {
    transaction.stamp();  // two writers of one attribute come one after the other
    sql::Connection& connection = transaction.connection();
    const ContextId context = work.context();
    const bool exists = find_attribute(connection, context, user, name).has_value();
    done = !(exists && only_if_absent);
    if (!done) return;
    if (!value) {
      connection.execute(kDeleteAttribute, context, user, name);
      return;
    }
    if (exists) {
      connection.execute(kUpdateAttribute, *value, context, user, name);
      return;
    }
    std::int64_t count = 0;
    if (sql::Query row = connection.query(kCountAttributes, context, user); row.next())
      count = row.integer(0);
    if (count >= kMaxAttributes) throw ApiError(errors::svl::kBadParameter, {"name", std::string(name)});
    connection.execute(kInsertAttribute, context, user, name, *value);
  });
  return done;
}

}  // namespace gw::model::users
