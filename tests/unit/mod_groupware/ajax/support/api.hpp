// The whole API in one process, without httpd: a database with one context and three users, and requests
// through dispatch.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "ajax/dispatch.hpp"
#include "ajax/login/rate_limits.hpp"
#include "core/json.hpp"
#include "session/memory_cache.hpp"
#include "session/session_store.hpp"
#include "support/database.hpp"

namespace gw::test {

/// The answer's JSON, null when it is none; and its error code.
inline Json json(const ajax::Answer& answer) { return Json::parse(answer.body).value_or(Json()); }
inline std::string code(const ajax::Answer& answer) {
  return std::string(json(answer).get("code").as_string());
}

inline std::string code_of(const Json& answer) { return std::string(answer.get("code").as_string()); }
/// The value of the first header of that name; empty without one.
inline std::string header(const ajax::Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers)
    if (key == name) return value;
  return {};
}

/// A logged-in client with its cookies.
class ApiClient {
 public:
  ApiClient(ajax::Runtime& runtime, std::string address = "192.0.2.1")
      : runtime_(runtime), address_(std::move(address)) {}

  /// Logs in and keeps session and cookies. Gives the answer's JSON.
  Json login(const std::string& name, const std::string& password = "secret");
  /// `url` as "contacts?action=all&folder=6"; the session parameter is added when there is one.
  Json get(const std::string& url);
  Json put(const std::string& url, const std::string& body);
  ajax::Answer send(ajax::Method method, const std::string& url, const std::string& body = {});
  /// The request as send would make it, for tests that change it first.
  ajax::Request request(ajax::Method method, const std::string& url, const std::string& body = {}) const;
  /// Dispatches and keeps the cookies of the answer.
  ajax::Answer dispatch(const ajax::Request& request);

  std::string session;
  std::map<std::string, std::string> cookies;
  std::string user_agent = "test/1.0";

 private:
  ajax::Runtime& runtime_;
  std::string address_;
};

/// Context 1 "defaultcontext" with admin oxadmin (id 2), user1 (3), user2 (4); password "secret".
class TestApi {
 public:
  TestApi();
  [[nodiscard]] ApiClient client() { return ApiClient(*runtime); }
  /// A client that is already logged in.
  [[nodiscard]] ApiClient user(const std::string& name);

  TestDatabase database;
  std::unique_ptr<session::MemoryCache> cache;
  std::unique_ptr<session::SessionStore> sessions;
  std::unique_ptr<ajax::RateLimits> rate_limits;
  std::unique_ptr<ajax::Runtime> runtime;
};

}  // namespace gw::test
