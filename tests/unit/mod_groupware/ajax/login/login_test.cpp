#include "ajax/login/login.hpp"

#include <gtest/gtest.h>

#include "ajax/cookies.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::code;
using test::header;
using test::json;

std::vector<std::string> set_cookies(const Answer& answer) {
  std::vector<std::string> cookies;
  for (const auto& [key, value] : answer.headers)
    if (key == "Set-Cookie") cookies.push_back(value);
  return cookies;
}

class Login : public testing::Test {
 protected:
  using Form = std::vector<std::pair<std::string, std::string>>;
  /// A POST with a form body, without the session parameter.
  Answer post(ApiClient& client, const std::string& url, const Form& form) {
    Request request = client.request(Method::Post, url);
    for (const auto& [name, value] : form) request.form.add(name, value);
    return client.dispatch(request);
  }
  Form credentials(const std::string& password = "secret") {
    return {{"name", "user1"}, {"password", password}, {"client", "web"}, {"version", "7.10.2"}};
  }
  Form form_login(const std::string& password = "secret") {
    return {{"login", "user1"}, {"password", password}, {"authId", "auth-1"},
            {"client", "web"},  {"version", "1"},       {"autologin", "true"}};
  }
  ApiClient signed_in() {
    ApiClient client = api.client();
    client.session =
        std::string(json(post(client, "login?action=login", credentials())).get("session").as_string());
    return client;
  }

  test::TestApi api;
  ApiClient browser = api.client();
};

TEST_F(Login, AnswersTheBareObjectAndThreeCookies) {
  const Answer answer = post(browser, "login?action=login", credentials());
  const Json object = json(answer);
  EXPECT_EQ(object.get("session").as_string().size(), 32U);
  EXPECT_EQ(object.get("user").as_string(), "user1");
  EXPECT_EQ(object.get("user_id").as_integer(), 3);
  EXPECT_EQ(object.get("context_id").as_integer(), 1);
  EXPECT_EQ(object.get("locale").as_string(), "en_US");
  EXPECT_TRUE(object.get("data").is_missing());
  EXPECT_TRUE(object.get("random").is_missing());
  EXPECT_TRUE(object.get("rampup").is_missing());
  ASSERT_EQ(set_cookies(answer).size(), 3U);
  for (const std::string& cookie : set_cookies(answer)) {
    EXPECT_NE(cookie.find("; HttpOnly; SameSite=Lax"), std::string::npos);
    EXPECT_EQ(cookie.find("Max-Age"), std::string::npos);
  }
  EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
}

TEST_F(Login, RefusalIsAnEnvelopeWithoutCookies) {
  const Answer answer = post(browser, "login?action=login", credentials("wrong"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(code(answer), "LGI-0006");
  EXPECT_TRUE(set_cookies(answer).empty());
}

TEST_F(Login, ParameterRulesOfTheModule) {
  EXPECT_EQ(code(post(browser, "login", {})), "SVL-0002");
  EXPECT_EQ(code(post(browser, "login?action=nonsense", {})), "SVL-0001");
  EXPECT_EQ(code(post(browser, "login?action=login", {{"name", "user1"}})), "SVL-0002");
  EXPECT_EQ(post(browser, "login?action=login", {{"name", "user1"}}).status, 200);
  for (const char* action :
       {"login", "formlogin", "autologin", "tokens", "store", "logout", "rampup", "redeem"})
    EXPECT_EQ(code(post(browser, std::string("login?password=secret&name=user1&action=") + action, {})),
              "SVL-0030")
        << action;
  EXPECT_EQ(code(browser.send(Method::Get, "login?action=login&name=user1&password=secret")), "SVL-0030");
}

TEST_F(Login, ClientMustDifferFromTheUserAgentAndFitTheTable) {
  EXPECT_EQ(code(post(browser, "login?action=login",
                      {{"name", "user1"}, {"password", "secret"}, {"client", browser.user_agent}})),
            "LGI-0021");
  EXPECT_EQ(code(post(browser, "login?action=login",
                      {{"name", "user1"}, {"password", "secret"}, {"client", std::string(129, 'c')}})),
            "SVL-0010");
  EXPECT_EQ(code(post(browser, "login?action=login",
                      {{"name", "user1"}, {"password", "secret"}, {"clientIP", "nowhere"}})),
            "SVL-0010");
}

TEST_F(Login, GuestsNeedAShare) {
  for (const char* action : {"guest", "anonymous"}) {
    const std::string target = std::string("login?action=") + action;
    EXPECT_EQ(code(post(browser, target, {})), "SVL-0002") << action;
    EXPECT_EQ(code(post(browser, target, {{"share", "x"}, {"name", "a@b.test"}, {"password", "y"}})),
              "LGI-0006")
        << action;
  }
}

TEST_F(Login, StaySignedInMakesPersistentCookies) {
  auto form = credentials();
  form.emplace_back("staySignedIn", "true");
  for (const std::string& cookie : set_cookies(post(browser, "login?action=login", form)))
    EXPECT_NE(cookie.find("; Max-Age=604800"), std::string::npos);
}

TEST_F(Login, StoreLanguageChangesTheUser) {
  auto form = credentials();
  form.emplace_back("language", "de_DE");
  EXPECT_EQ(json(post(browser, "login?action=login", form)).get("locale").as_string(), "en_US");
  form.emplace_back("storeLanguage", "true");
  EXPECT_EQ(json(post(browser, "login?action=login", form)).get("locale").as_string(), "de_DE");
  ApiClient later = signed_in();
  EXPECT_EQ(later.get("system?action=whoami").get("data").get("locale").as_string(), "de_DE");
}

TEST_F(Login, WhoAmIKnowsTheRestOfTheSession) {
  ApiClient user = signed_in();
  const Json data = user.get("system?action=whoami").get("data");
  EXPECT_EQ(data.get("session").as_string(), user.session);
  EXPECT_EQ(data.get("user").as_string(), "user1");
  EXPECT_EQ(data.get("user_id").as_integer(), 3);
  EXPECT_EQ(data.get("context_id").as_integer(), 1);
}

TEST_F(Login, AutologinNeedsTheCookiesOfThisClientAndUserAgent) {
  ApiClient user = signed_in();
  const std::string id = std::exchange(user.session, "");
  EXPECT_EQ(json(user.send(Method::Get, "login?action=autologin&client=web")).get("session").as_string(), id);
  EXPECT_EQ(code(user.send(Method::Get, "login?action=autologin&client=other")), "SVL-0003");
  ApiClient empty = api.client();
  const Answer refused = empty.send(Method::Get, "login?action=autologin&client=web");
  EXPECT_EQ(code(refused), "SVL-0003");
  EXPECT_TRUE(set_cookies(refused).empty());
}

TEST_F(Login, FailedAutologinClearsTheCookies) {
  ApiClient user = signed_in();
  user.session.clear();
  for (auto& [name, value] : user.cookies)
    if (name.starts_with(kSecretCookie)) value = std::string(32, '0');
  const Answer refused = user.send(Method::Get, "login?action=autologin&client=web");
  EXPECT_EQ(code(refused), "SVL-0003");
  EXPECT_EQ(set_cookies(refused).size(), 3U);
  EXPECT_TRUE(user.cookies.empty());
}

TEST_F(Login, AutologinFromAnotherAddressIsRefused) {
  ApiClient user = signed_in();
  ApiClient thief(*api.runtime, "203.0.113.9");
  thief.cookies = user.cookies;
  EXPECT_EQ(code(thief.send(Method::Get, "login?action=autologin&client=web")), "SVL-0003");
}

TEST_F(Login, AutologinSwitchedOffIsSvl0015) {
  ApiClient user = signed_in();
  api.database.settings.session.autologin = false;
  EXPECT_EQ(code(user.send(Method::Get, "login?action=autologin&client=web")), "SVL-0015");
  EXPECT_EQ(code(user.send(Method::Get, "login?action=store")), "SVL-0015");
  EXPECT_TRUE(user.get("login?action=hasAutologin").get("data").is_boolean());
  EXPECT_FALSE(user.get("login?action=hasAutologin").get("data").is_true());
}

TEST_F(Login, StoreMakesTheSessionOutliveTheHour) {
  ApiClient user = signed_in();
  const Answer stored = user.send(Method::Get, "login?action=store");
  EXPECT_EQ(json(stored).get("data").as_string(), "1");
  ASSERT_EQ(set_cookies(stored).size(), 3U);
  for (const std::string& cookie : set_cookies(stored))
    EXPECT_NE(cookie.find("; Max-Age=604800"), std::string::npos);
  api.database.clock.advance(2LL * 24 * 3'600 * 1'000);
  EXPECT_TRUE(user.get("system?action=whoami").get("error").is_missing());
}

TEST_F(Login, SessionActionsNeedSessionAndSecret) {
  for (const char* action : {"store", "refreshSecret", "rampup"}) {
    const std::string url = std::string("login?action=") + action;
    EXPECT_EQ(code(browser.send(Method::Get, url)), "SVL-0002") << action;
    EXPECT_EQ(code(browser.send(Method::Get, url + "&session=unset")), "SES-0203") << action;
    ApiClient user = signed_in();
    user.cookies.clear();
    EXPECT_EQ(code(user.send(Method::Get, url)), "SES-0206") << action;
  }
}

TEST_F(Login, RefreshSecretRewritesSecretAndPublicCookie) {
  ApiClient user = signed_in();
  const auto before = user.cookies;
  const Answer answer = user.send(Method::Get, "login?action=refreshSecret");
  EXPECT_EQ(json(answer).get("data").as_string(), "1");
  EXPECT_EQ(set_cookies(answer).size(), 2U);
  EXPECT_EQ(user.cookies, before);
}

TEST_F(Login, LogoutEndsTheSessionAtOnceAndDeletesTheCookies) {
  ApiClient user = signed_in();
  const Answer answer = user.send(Method::Get, "login?action=logout");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body.empty());
  EXPECT_EQ(set_cookies(answer).size(), 3U);
  EXPECT_TRUE(user.cookies.empty());
  EXPECT_EQ(code(user.send(Method::Get, "system?action=whoami")), "SES-0203");
  EXPECT_EQ(user.send(Method::Get, "login?action=logout").status, 403);
}

TEST_F(Login, LogoutWithoutSessionIs400AndWithAWrongSecret403) {
  EXPECT_EQ(browser.send(Method::Get, "login?action=logout").status, 400);
  EXPECT_EQ(browser.send(Method::Get, "logout").status, 400);
  EXPECT_EQ(code(browser.send(Method::Get, "logout?state=x")), "SVL-0015");
  ApiClient user = signed_in();
  ApiClient other = user;
  other.cookies.clear();
  EXPECT_EQ(other.send(Method::Get, "login?action=logout").status, 403);
  EXPECT_TRUE(user.get("system?action=whoami").get("error").is_missing());
  EXPECT_EQ(user.send(Method::Get, "logout").status, 200);
}

TEST_F(Login, ChangeIpMovesTheSession) {
  ApiClient user = signed_in();
  EXPECT_EQ(code(post(user, "login?action=changeip&clientIP=nowhere", {})), "SVL-0010");
  EXPECT_EQ(json(post(user, "login?action=changeip&clientIP=203.0.113.9", {})).get("data").as_string(), "1");
  EXPECT_EQ(code(user.send(Method::Get, "system?action=whoami")), "SES-0205");
  ApiClient moved(*api.runtime, "203.0.113.9");
  moved.cookies = user.cookies;
  moved.session = user.session;
  EXPECT_TRUE(moved.get("system?action=whoami").get("error").is_missing());
  moved.cookies.clear();
  EXPECT_EQ(code(post(moved, "login?action=changeip&clientIP=192.0.2.1", {})), "SES-0203");
}

TEST_F(Login, RepeatedFailuresOfOneAddressGet429) {
  api.database.settings.session.max_failed_logins = 3;
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(code(post(browser, "login?action=login", credentials("wrong"))), "LGI-0006");
  EXPECT_EQ(post(browser, "login?action=login", credentials()).status, 429);
}

TEST_F(Login, SessionLimitOfAUserIsAnEnvelope) {
  api.database.settings.session.max_sessions_per_user = 1;
  signed_in();
  EXPECT_EQ(code(post(browser, "login?action=login", credentials())), "SES-0007");
}

TEST_F(Login, ExtrasComeOnlyWhenAskedForAndNeverUndoTheLogin) {
  auto form = credentials();
  form.emplace_back("modules", "true");
  form.emplace_back("multiple",
                    R"([{"module":"system","action":"whoami"},{"module":"nonsense","action":"x"}])");
  const Json object = json(post(browser, "login?action=login", form));
  EXPECT_TRUE(object.get("modules").is_object());
  ASSERT_EQ(object.get("multiple").size(), 2U);
  EXPECT_EQ(object.get("multiple").at(0).get("data").get("user").as_string(), "user1");
  EXPECT_EQ(object.get("multiple").at(1).get("code").as_string(), "SVL-0007");
  form.back().second = "no json";
  const Json again = json(post(browser, "login?action=login", form));
  EXPECT_EQ(again.get("session").as_string().size(), 32U);
  EXPECT_TRUE(again.get("multiple").is_missing());
}

TEST_F(Login, RampupComesForTheKnownClientOnly) {
  auto form = credentials();
  form.emplace_back("rampup", "true");
  EXPECT_TRUE(json(post(browser, "login?action=login", form)).get("rampup").is_missing());
  form.emplace_back("rampUpFor", "open-xchange-appsuite");
  EXPECT_TRUE(json(post(browser, "login?action=login", form)).get("rampup").is_object());
  ApiClient user = signed_in();
  EXPECT_TRUE(
      user.get("login?action=rampup&rampup=true&rampUpFor=open-xchange-appsuite").get("rampup").is_object());
}

TEST_F(Login, FormLoginRedirectsWithTheSessionInTheFragment) {
  const Answer answer = post(browser, "login?action=formlogin", form_login());
  EXPECT_EQ(answer.status, 302);
  const std::string location = header(answer, "Location");
  EXPECT_TRUE(location.starts_with("/appsuite/#session=")) << location;
  EXPECT_NE(location.find("&user=user1&user_id=3&language=en_US&store=true"), std::string::npos) << location;
  EXPECT_EQ(set_cookies(answer).size(), 3U);
}

TEST_F(Login, FormLoginNeverSendsTheBrowserToAnotherHost) {
  const auto target = [&](const std::string& path) {
    auto form = form_login();
    form[2].second = "auth" + std::to_string(form.size()) + path.substr(0, 60);
    form.emplace_back("uiWebPath", path);
    const std::string location = header(post(browser, "login?action=formlogin", form), "Location");
    return location.substr(0, location.find('#'));
  };
  EXPECT_EQ(target("/ui/index.html"), "/ui/index.html");
  EXPECT_EQ(target("/ui/#old"), "/ui/");
  EXPECT_EQ(target("http://example.test/ui/"), "/ui/");
  for (const char* evil :
       {"//evil.test/", "http://evil.test/", "https://example.test.evil.test/", "javascript:alert(1)",
        "/\\evil.test", "http://example.test//evil.test", "http://example.test@evil.test/", "evil", "/a b"})
    EXPECT_EQ(target(evil), "/appsuite/") << evil;
}

TEST_F(Login, FailedFormLoginReturnsToTheReferrerWithTheMarkOnce) {
  const auto page = [&](const std::string& referer) {
    Request request = browser.request(Method::Post, "login?action=formlogin");
    for (const auto& [name, value] : form_login("wrong")) request.form.add(name, value);
    request.referer = referer;
    const Answer answer = browser.dispatch(request);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "text/html; charset=UTF-8");
    return answer.body;
  };
  EXPECT_NE(page("https://portal.test/in").find("content=\"5; url=https://portal.test/in?login=failed\""),
            std::string::npos);
  EXPECT_NE(page("https://portal.test/in?a=1#x").find("url=https://portal.test/in?a=1&amp;login=failed#x\""),
            std::string::npos);
  EXPECT_NE(page("https://portal.test/in?login=failed").find("url=https://portal.test/in?login=failed\""),
            std::string::npos);
  EXPECT_NE(page("javascript:alert(1)").find("url=/appsuite/\""), std::string::npos);
  EXPECT_EQ(page("https://portal.test/\"><script>").find("<script>"), std::string::npos);
}

TEST_F(Login, FormLoginNeedsAnAuthIdUnlessRelaxed) {
  auto form = form_login();
  form.erase(form.begin() + 2);
  EXPECT_EQ(post(browser, "login?action=formlogin", form).status, 200);
  api.database.settings.session.formlogin_without_auth_id = true;
  EXPECT_EQ(post(browser, "login?action=formlogin", form).status, 302);
}

TEST_F(Login, BasicLoginChallengesAndRedirects) {
  Request request = browser.request(Method::Get, "login/httpAuth");
  const Answer first = browser.dispatch(request);
  EXPECT_EQ(first.status, 401);
  EXPECT_TRUE(header(first, "WWW-Authenticate").starts_with("Basic realm="));
  request.authorization = "Digest x";
  EXPECT_EQ(code(browser.dispatch(request)), "LGI-0015");
  for (const char* wrong : {"Basic dXNlcjE6d3Jvbmc=", "Basic !!", "Basic", "Basic dXNlcjE="}) {
    request.authorization = wrong;
    EXPECT_EQ(browser.dispatch(request).status, 401) << wrong;
  }
  request.authorization = "basic dXNlcjE6c2VjcmV0";  // user1:secret
  const Answer answer = browser.dispatch(request);
  EXPECT_EQ(answer.status, 302);
  EXPECT_TRUE(header(answer, "Location").starts_with("/appsuite/#session="));
  EXPECT_EQ(code(browser.send(Method::Get, "login?action=GET")), "SVL-0001");
  EXPECT_EQ(code(browser.send(Method::Get, "login/other")), "SVL-0001");
}

}  // namespace
}  // namespace gw::ajax
