// The module's names are those of the HTTP API's releases since 7.10.4 (AppPassword, AppPasswordApplication).
#include "ajax/factors/app_passwords.hpp"

#include "session/app_passwords/app_password_service.hpp"

namespace gw::ajax {
namespace {

namespace app_passwords = session::app_passwords;

Response list_scopes(Invocation& invocation) {
  Json list = Json::array();
  std::int64_t position = 0;
  for (const app_passwords::AppScopeRow* row : app_passwords::offered_scopes(invocation.work)) {
    Json scope = Json::object();
    scope.set("name", Json::string(row->name));
    scope.set("displayName", Json::string(row->display_name));
    scope.set("sort", Json::integer(++position));
    list.append(std::move(scope));
  }
  return Response::with_data(std::move(list));
}

Response list_passwords(Invocation& invocation) {
  Json list = Json::array();
  for (const auto& password : app_passwords::list(invocation.work, invocation.caller().user)) {
    Json entry = Json::object();
    entry.set("UUID", Json::string(password.id));
    entry.set("Scope", Json::string(app_passwords::app_scope(password.scope).name));
    entry.set("Name", Json::string(password.name));
    if (password.last_used.value > 0) {
      entry.set("LastLogin", Json::string(format_utc(password.last_used)));
      entry.set("LastDevice", Json::string(password.client));
      entry.set("IP", Json::string(password.address));
    }
    list.append(std::move(entry));
  }
  return Response::with_data(std::move(list));
}

/// The answer is the only one that ever shows the password.
Response add_password(Invocation& invocation) {
  const app_passwords::NewAppPassword made = app_passwords::create(
      invocation.work, invocation.arguments.text("appScope"), invocation.arguments.text("appName"));
  Json data = Json::object();
  data.set("login", Json::string(invocation.session->login_name));
  data.set("password", Json::string(made.text));
  data.set("newLogin", Json::boolean(false));
  return Response::with_data(std::move(data));
}

Response remove_password(Invocation& invocation) {
  app_passwords::revoke(invocation.work, invocation.caller().user, invocation.arguments.text("uuid"));
  Json data = Json::object();
  data.set("result", Json::string("OK"));
  return Response::with_data(std::move(data));
}

constexpr Parameter kAddParameters[] = {{"appScope", Type::Text, true}, {"appName", Type::Text, true}};
constexpr Parameter kUuidParameter[] = {{"uuid", Type::Text, true}};

constexpr Action kAppPasswordActions[] = {
    {"add", kPost, add_password, kNotInMultiple, kAddParameters},
    {"getApps", kGet, list_scopes},
    {"list", kGet, list_passwords},
    {"remove", kPost, remove_password, kNotInMultiple, kUuidParameter},
};

}  // namespace

const ApiModule kAppPasswordsModule{"appPasswords", kAppPasswordActions};

}  // namespace gw::ajax
