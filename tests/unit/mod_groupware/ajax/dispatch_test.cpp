// What holds for every module: resolution, checks, envelopes, pages. Through dispatch, as a client would.
#include "ajax/dispatch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::header;
using test::TestApi;

class Dispatch : public testing::Test {
 protected:
  TestApi api;
  ApiClient user = api.user("user1");
};

TEST_F(Dispatch, UnknownModulesAndActionsAnswerTheApisOwnError) {
  EXPECT_EQ(user.get("nonsense?action=all").get("code").as_string(), "SVL-0007");
  EXPECT_EQ(user.get("contacts?action=nonsense").get("code").as_string(), "SVL-0021");
  EXPECT_EQ(user.send(Method::Get, "nonsense").status, 200);
}

TEST_F(Dispatch, AnswersTellWhatTheyWereInWordsOfTheTables) {
  const auto outcome = [&](const std::string& url) { return user.send(Method::Get, url).outcome; };
  const Outcome unknown = outcome("nonsense?action=evil");
  EXPECT_EQ(unknown.module, "other");
  EXPECT_EQ(unknown.action, "other");
  EXPECT_NE(unknown.status, "OK");
  const Outcome fine = outcome("config/identifier");
  EXPECT_EQ(fine.module, "config");
  EXPECT_EQ(fine.status, "OK");
  EXPECT_EQ(outcome("contacts?action=all").status, "HTTP_ERROR");
  EXPECT_EQ(outcome("contacts?action=all").action, "all");
  EXPECT_EQ(outcome("contacts?action=evil").action, "other");
}

TEST_F(Dispatch, AnUnknownActionInAMultipartPostAnswersWithTheCallbackPage) {
  for (const auto& [url, callback, code] :
       {std::tuple{"contacts?action=nonsense", "callback_nonsense", "SVL-0021"},
        std::tuple{"nonsense?action=upload", "callback_upload", "SVL-0007"},
        std::tuple{"contacts?action=%22)(", "callback_error", "SVL-0021"}}) {
    Request request = user.request(Method::Post, url);
    request.is_multipart = true;
    const Answer page = user.dispatch(request);
    EXPECT_EQ(page.status, 200) << url;
    EXPECT_EQ(page.content_type, "text/html; charset=UTF-8") << url;
    EXPECT_NE(page.body.find(std::string("parent[\"") + callback + "\"]"), std::string::npos) << page.body;
    EXPECT_NE(page.body.find(std::string("\"code\":\"") + code), std::string::npos) << page.body;
    request.query.add("plainJson", "true");
    EXPECT_EQ(user.dispatch(request).content_type, "text/javascript; charset=UTF-8") << url;
  }
}

TEST_F(Dispatch, AMissingParameterIsA400PageNotJson) {
  const Answer answer = user.send(Method::Get, "contacts?action=all");
  EXPECT_EQ(answer.status, 400) << answer.body;
  EXPECT_EQ(answer.content_type, "text/html; charset=UTF-8");
  EXPECT_EQ(answer.body.find('{'), std::string::npos);
}

TEST_F(Dispatch, AMissingSessionIsA400PageAndAWrongOneSes0203) {
  ApiClient stranger = api.client();
  EXPECT_EQ(stranger.send(Method::Get, "user/me").status, 400);
  EXPECT_EQ(stranger.get("user/me?session=unset").get("code").as_string(), "SES-0203");
  EXPECT_EQ(stranger.get("user/me?session=" + user.session).get("code").as_string(), "SES-0206");
}

TEST_F(Dispatch, FailuresCarryNoDataAndAnErrorIdThatIsUnique) {
  const Json first = user.get("contacts?action=get&folder=6&id=999999");
  const Json second = user.get("contacts?action=get&folder=6&id=999999");
  EXPECT_TRUE(first.get("data").is_missing());
  EXPECT_EQ(first.get("code").as_string(), "CON-0125");
  EXPECT_EQ(first.get("categories").as_string(), "ERROR");
  EXPECT_EQ(first.get("category").as_integer(), 8);
  EXPECT_TRUE(first.get("error_params").is_array());
  EXPECT_NE(first.get("error_id").as_string(), second.get("error_id").as_string());
}

TEST_F(Dispatch, AnswersAreNeverCachedAndEchoTheEchoHeader) {
  Request request = user.request(Method::Get, "user/me");
  request.echo = "abc";
  const Answer answer = user.dispatch(request);
  EXPECT_EQ(answer.content_type, "text/javascript; charset=UTF-8");
  EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
  EXPECT_EQ(header(answer, "X-Echo-Header"), "abc");
}

TEST_F(Dispatch, BodiesThatAreNoJsonAreRefusedWithThePlace) {
  const Json answer = user.put("contacts?action=new", "{\"folder_id\":");
  EXPECT_EQ(answer.get("code").as_string(), "SVL-0029");
  EXPECT_EQ(user.put("contacts?action=new", "").get("code").as_string(), "SVL-0023");
}

TEST_F(Dispatch, AnUnknownTimeZoneIsRefused) {
  EXPECT_EQ(user.get("user?action=get&timezone=Mars").get("code").as_string(), "SVL-0010");
}

TEST_F(Dispatch, PasswordsInTheUrlAreRefusedForEveryLoginAction) {
  for (const char* action : {"login", "formlogin", "tokens", "autologin"})
    EXPECT_EQ(user.get(std::string("login?action=") + action + "&password=x").get("code").as_string(),
              "SVL-0030");
}

TEST_F(Dispatch, MultipleAnswersABareArrayInRequestOrder) {
  const Json answer = user.put(
      "multiple", R"([{"module":"user/me"},{"module":"contacts","action":"get","folder":"6","id":"1"},
      {"module":"nonsense","action":"all"},{"module":"contacts","action":"all","folder":6,"columns":"1,20"},
      {"module":"login","action":"logout"}])");
  ASSERT_TRUE(answer.is_array()) << answer.dump();
  ASSERT_EQ(answer.size(), 5U);
  EXPECT_EQ(answer.at(0).get("data").get("user_id").as_integer(), 3);
  EXPECT_FALSE(answer.at(1).get("error").is_missing());
  EXPECT_EQ(answer.at(2).get("code").as_string(), "SVL-0007");
  EXPECT_TRUE(answer.at(3).get("data").is_array()) << answer.at(3).dump();
  EXPECT_FALSE(answer.at(4).get("error").is_missing());
}

TEST_F(Dispatch, MultipleRefusesWhatIsNoArrayAndElementsWithoutModule) {
  EXPECT_EQ(user.send(Method::Put, "multiple", "{}").status, 400);
  EXPECT_EQ(user.send(Method::Put, "multiple", "").status, 400);
  EXPECT_EQ(user.send(Method::Put, "multiple", R"([{"action":"all"}])").status, 500);
  EXPECT_EQ(api.client().send(Method::Put, "multiple", "[]").status, 400);
}

TEST_F(Dispatch, MultipleStopsOnlyWhenToldTo) {
  const std::string body = R"([{"module":"nonsense"},{"module":"user/me"}])";
  EXPECT_EQ(user.put("multiple", body).size(), 2U);
  EXPECT_EQ(user.put("multiple?continue=false", body).size(), 1U);
}

TEST_F(Dispatch, ADeadDatabaseIsA503WithRetryAfter) {
  api.database.settings.database.url = "sqlite:/nonexistent/folder/x.db";
  sql::Pool dead(sql::make_driver(api.database.settings.database), api.database.settings.database);
  model::Environment environment{api.database.settings, dead, api.database.clock, api.database.events,
                                 api.database.contents};
  Runtime runtime{environment, *api.sessions, "salt", "test", nullptr};
  ApiClient client(runtime);
  const Answer answer = client.send(Method::Get, "user/me?session=00000000000000000000000000000000");
  EXPECT_EQ(answer.status, 503);
  EXPECT_FALSE(header(answer, "Retry-After").empty());
}

TEST_F(Dispatch, ErrorsSpeakTheLanguageOfTheUserAndOfTheBrowserBeforeLogin) {
  Request request = api.client().request(Method::Post, "login?action=login");
  request.form.add("name", "user1");
  request.form.add("password", "wrong");
  request.accept_language = "de-DE,de;q=0.9";
  const Json answer = Json::parse(dispatch(request, *api.runtime).body).value_or(Json());
  EXPECT_EQ(answer.get("error").as_string(), "Der Benutzername oder das Passwort ist falsch.");
  EXPECT_EQ(answer.get("error_desc").as_string(), "The user name or password is incorrect.");
}

TEST_F(Dispatch, NoRightToAModuleIsSvl0016) {
  sql::Lease lease = api.database.pool->acquire();
  lease->execute("UPDATE users SET modules=0 WHERE cid=1 AND id=3");
  lease->execute("UPDATE context_sequence SET account_stamp=account_stamp+1 WHERE cid=1");
  EXPECT_EQ(user.get("contacts?action=all&folder=6&columns=1").get("code").as_string(), "SVL-0016");
}

}  // namespace
}  // namespace gw::ajax
