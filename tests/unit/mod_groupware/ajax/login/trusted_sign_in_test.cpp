// Users whom another module of the web server has proved. What that module is, httpd knows: here it is a
// member of the request.
#include <gtest/gtest.h>

#include "ajax/login/login.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::code;
using test::header;
using test::json;

class TrustedSignIn : public testing::Test {
 protected:
  Answer come(ApiClient& client, const std::string& url, const TrustedUser& trusted) {
    Request request = client.request(Method::Get, url);
    request.trusted = trusted;
    return client.dispatch(request);
  }
  Json autologin(ApiClient& client, const TrustedUser& trusted) {
    const Json answer = json(come(client, "login?action=autologin&client=web", trusted));
    client.session = answer.get("session").as_string();
    return answer;
  }
  test::TestApi api;
  ApiClient browser = api.client();
};

TEST_F(TrustedSignIn, AutologinNeedsNeitherCookieNorPassword) {
  const Json answer = autologin(browser, {"user1", ""});
  EXPECT_EQ(answer.get("user_id").as_integer(), 3) << answer.dump();
  EXPECT_EQ(answer.get("user").as_string(), "user1@defaultcontext");
  EXPECT_EQ(browser.get("config/identifier").get("data").as_integer(), 3);
  const std::string first = browser.session;
  browser.session.clear();
  EXPECT_EQ(autologin(browser, {"user1", ""}).get("session").as_string(), first) << "it is resumed";
  browser.session.clear();
  EXPECT_EQ(code(come(browser, "login?action=autologin&client=other", {"", ""})), "LGI-0026");
}

TEST_F(TrustedSignIn, ASessionOfSomebodyElseIsNotResumed) {
  autologin(browser, {"user1", ""});
  browser.session.clear();
  EXPECT_EQ(autologin(browser, {"USER2@defaultcontext", ""}).get("user_id").as_integer(), 4);
  EXPECT_EQ(browser.get("config/identifier").get("data").as_integer(), 4);
}

TEST_F(TrustedSignIn, UnknownUsersAreDenied) {
  EXPECT_EQ(code(come(browser, "login?action=autologin", {"nobody", ""})), "LGI-0026");
  EXPECT_EQ(code(come(browser, "login?action=autologin", {"user1", "elsewhere"})), "LGI-0026");
  EXPECT_TRUE(browser.cookies.empty());
  EXPECT_EQ(code(browser.send(Method::Get, "login?action=autologin")), "SVL-0003") << "nobody was proved";
}

TEST_F(TrustedSignIn, ItWorksWhereCookiesAloneOpenNothing) {
  api.database.settings.session.autologin = false;
  EXPECT_EQ(code(browser.send(Method::Get, "login?action=autologin")), "SVL-0015");
  EXPECT_EQ(autologin(browser, {"user1@idp.test", "defaultcontext"}).get("user_id").as_integer(), 3);
}

TEST_F(TrustedSignIn, ABrowserIsSentToTheUi) {
  const Answer answer = come(browser, "login/httpAuth?uiWebPath=/ui/", {"user1", ""});
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(header(answer, "Location").substr(0, 13), "/ui/#session=");
}

TEST_F(TrustedSignIn, LeavingGoesOnWhereTheUserCameFrom) {
  autologin(browser, {"user1", ""});
  const Answer answer = come(browser, "logout", {"user1", "", false, "https://idp.test/logout"});
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(header(answer, "Location"), "https://idp.test/logout");
  EXPECT_TRUE(browser.cookies.empty());
  EXPECT_EQ(code(browser.send(Method::Get, "config/identifier")), "SES-0203");
  autologin(browser, {"user1", ""});
  EXPECT_EQ(come(browser, "logout", {"user1", ""}).status, 200) << "nowhere to go";
}

}  // namespace
}  // namespace gw::ajax
