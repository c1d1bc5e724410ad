#include "unit/mod_groupware/ajax/support/api.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/tasks/task_service.hpp"
#include "model/users/provisioning.hpp"
#include "session/password.hpp"

namespace gw::test {
namespace {

model::users::NewUser make_user(const std::string& login, const std::string& hash) {
  model::users::NewUser user;
  user.login = login;
  user.password_hash = hash;
  user.mail = login + "@example.test";
  user.contact.first_name = "First " + login;
  user.contact.last_name = "Last " + login;
  user.contact.display_name = "Name of " + login;
  return user;
}

/// One hash for all tests: hashing is slow on purpose.
const std::string& secret_hash() {
  static const auto* hash = new std::string(session::hash_password("secret", kPasswordCost));
  return *hash;
}

}  // namespace

TestApi::TestApi() {
  database.contents = {&model::contacts::contact_folder_content(),
                       &model::calendar::calendar_folder_content(), &model::tasks::task_folder_content()};
  model::UnitOfWork work(*database.environment, {});
  model::contexts::NewContext context;
  context.id = ContextId(1);
  context.name = "defaultcontext";
  context.admin = make_user("oxadmin", secret_hash());
  model::contexts::create_context(work, context);
  for (const char* login : {"user1", "user2"})
    model::users::create_user(work, make_user(login, secret_hash()));
  cache = std::make_unique<session::MemoryCache>(database.clock);
  sessions = std::make_unique<session::SessionStore>(database.settings, *cache, database.clock);
  rate_limits = std::make_unique<ajax::RateLimits>(database.settings.limits, database.clock);
  runtime = std::make_unique<ajax::Runtime>(
      ajax::Runtime{*database.environment, *sessions, "salt", "test", rate_limits.get()});
}

ApiClient TestApi::user(const std::string& name) {
  ApiClient made = client();
  const Json answer = made.login(name);
  EXPECT_FALSE(made.session.empty()) << answer.dump();
  return made;
}

ajax::Request ApiClient::request(ajax::Method method, const std::string& url, const std::string& body) const {
  ajax::Request request;
  request.method = method;
  const std::size_t question = url.find('?');
  request.path = url.substr(0, question);
  if (question != std::string::npos)
    request.query = ajax::Parameters::parse(std::string_view(url).substr(question + 1));
  if (!session.empty() && !request.query.find("session")) request.query.add("session", session);
  request.body = body;
  request.remote_address = address_;
  request.user_agent = user_agent;
  request.host = "example.test";
  for (const auto& [name, value] : cookies) request.cookies.add(name, value);
  return request;
}

ajax::Answer ApiClient::dispatch(const ajax::Request& request) {
  ajax::Answer answer = ajax::dispatch(request, runtime_);
  for (const auto& [name, value] : answer.headers) {
    if (name != "Set-Cookie") continue;
    const std::size_t equals = value.find('=');
    const std::string cookie = value.substr(0, equals);
    if (value.find("; Max-Age=0;") != std::string::npos)
      cookies.erase(cookie);
    else
      cookies[cookie] = value.substr(equals + 1, value.find(';') - equals - 1);
  }
  return answer;
}

ajax::Answer ApiClient::send(ajax::Method method, const std::string& url, const std::string& body) {
  return dispatch(request(method, url, body));
}

Json ApiClient::get(const std::string& url) {
  return Json::parse(send(ajax::Method::Get, url).body).value_or(Json());
}

Json ApiClient::put(const std::string& url, const std::string& body) {
  return Json::parse(send(ajax::Method::Put, url, body).body).value_or(Json());
}

Json ApiClient::login(const std::string& name, const std::string& password) {
  ajax::Request form = request(ajax::Method::Post, "login?action=login");
  form.form.add("name", name);
  form.form.add("password", password);
  form.form.add("client", "test-client");
  const Json answer = Json::parse(dispatch(form).body).value_or(Json());
  session = std::string(answer.get("session").as_string());
  return answer;
}

}  // namespace gw::test
