// Modules `user` and `user/me`. Source: spec contacts-users-groups-resources section 10.
#include "ajax/users/user.hpp"

#include <array>

#include "ajax/contacts/contacts_input.hpp"
#include "ajax/users/user_columns.hpp"
#include "ajax/users/user_lists.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/users/user_service.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;
namespace users = model::users;

UserId asked_user(const Invocation& invocation) {
  const auto id = invocation.arguments.optional_integer("id");
  return id ? UserId(*id) : invocation.caller().user;
}

/// Guests are in no address book: what there is to tell of them is in the account.
contacts::Contact contact_of_guest(const users::User& guest) {
  contacts::Contact contact;
  contact.user_id = guest.id.value;
  contact.display_name = guest.display_name;
  if (!guest.mail.empty()) contact.email1 = guest.mail;
  contact.creation_date = guest.created;
  contact.last_modified = guest.last_modified;
  return contact;
}

Response get_user(Invocation& invocation) {
  const users::User user = users::load_visible(invocation.work, asked_user(invocation));
  const contacts::Contact contact =
      user.guest_created_by ? contact_of_guest(user) : contacts::get_user(invocation.work, user.id);
  return Response::with_data(write_user(user, contact, invocation.caller(), invocation.format),
                             contact.last_modified);
}

std::optional<std::string> parse_account_text(const Json& body, const char* name) {
  const Json value = body.get(name);
  if (value.is_missing()) return std::nullopt;
  if (!value.is_string()) throw ApiError(errors::svl::kBadParameter, {name, value.dump()});
  return std::string(value.as_string());
}

Response update_user(Invocation& invocation) {
  users::UserInput input;
  input.contact = read_contact(invocation, false);
  input.timezone = parse_account_text(invocation.body, "timezone");
  input.locale = parse_account_text(invocation.body, "locale");
  // The folder of a user's entry is fixed; clients send back what they read.
  input.contact.sent &= ~contacts::fields_of(std::array{20});
  const Millis stamp = users::update_user(invocation.work, asked_user(invocation), input,
                                          Millis{invocation.arguments.integer("timestamp")});
  return Response::with_data(Json::object(), stamp);
}

Response get_attribute(Invocation& invocation) {
  const std::string name(invocation.arguments.text("name"));
  const auto value = users::get_attribute(invocation.work, asked_user(invocation), name);
  Json data = Json::object();
  data.set("name", Json::string(name));
  data.set("value", value ? Json::string(*value) : Json::null());
  return Response::with_data(std::move(data));
}

Response set_attribute(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const Json value = body.get("value");
  std::optional<std::string> text;
  if (!value.is_missing() && !value.is_null()) {
    text = value.to_text();
    if (!text) throw ApiError(errors::svl::kBadParameter, {"value", value.dump()});
  }
  const bool done =
      users::set_attribute(invocation.work, asked_user(invocation), body.get("name").as_string(), text,
                           invocation.arguments.boolean("setIfAbsent"));
  return Response::with_data(Json::boolean(done));
}

Response me(Invocation& invocation) {
  const model::Caller& caller = invocation.caller();
  const auto context = model::contexts::find_context(invocation.work.connection(), caller.context);
  Json data = Json::object();
  data.set("context_id", Json::integer(caller.context.value));
  data.set("user_id", Json::integer(caller.user.value));
  data.set("context_admin", Json::integer(context ? context->admin.value : 0));
  data.set("login_name", Json::string(caller.login_name));
  data.set("display_name", Json::string(caller.display_name));
  return Response::with_data(std::move(data));
}

constexpr Parameter kListParameters[] = {
    {"columns", Type::List, true}, {"sort", Type::Integer}, {"order"}, {"collation"}};
constexpr Parameter kRequiredColumns[] = {{"columns", Type::List, true}};
constexpr Parameter kOptionalId[] = {{"id", Type::Id}};
constexpr Parameter kUpdateParameters[] = {{"id", Type::Id, true}, {"timestamp", Type::Timestamp, true}};
constexpr Parameter kGetAttributeParameters[] = {{"id", Type::Id, true}, {"name", Type::Text, true}};
constexpr Parameter kSetAttributeParameters[] = {{"id", Type::Id, true}, {"setIfAbsent", Type::Boolean}};

constexpr Action kUserActions[] = {
    {"all", kGet, list_all_users, 0, kListParameters},
    {"get", kGet, get_user, 0, kOptionalId},
    {"getAttribute", kGet, get_attribute, 0, kGetAttributeParameters},
    {"list", kPut, list_users_by_id, kBody, kRequiredColumns},
    {"search", kPut, search_users, kBody, kListParameters},
    {"setAttribute", kPut, set_attribute, kBody, kSetAttributeParameters},
    {"update", kPut, update_user, kBody | kSerial, kUpdateParameters},
    {"update", kPost, update_user, kUpload | kSerial | kNotInMultiple, kUpdateParameters},
};

/// The module has no action parameter: the method names the action.
constexpr Action kMeActions[] = {{"GET", kGet, me}};

}  // namespace

const ApiModule kUserModule{"user", kUserActions};
const ApiModule kUserMeModule{"user/me", kMeActions};

}  // namespace gw::ajax
