#include "ajax/login/login_tokens.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::code;
using test::json;

std::string location(const Answer& answer) {
  for (const auto& [key, value] : answer.headers)
    if (key == "Location") return value;
  return {};
}

class LoginTokens : public testing::Test {
 protected:
  using Form = std::vector<std::pair<std::string, std::string>>;
  Answer post(ApiClient& client, const std::string& action, const Form& form) {
    Request request = client.request(Method::Post, "login?action=" + action);
    for (const auto& [name, value] : form) request.form.add(name, value);
    return client.dispatch(request);
  }
  Form token_login(const std::string& password = "secret") {
    return {{"login", "user1"},   {"password", password}, {"clientToken", "ours"}, {"authId", "auth-1"},
            {"client", "portal"}, {"version", "1"},       {"autologin", "false"},  {"jsonResponse", "true"}};
  }
  test::TestApi api;
  ApiClient browser = api.client();
};

TEST_F(LoginTokens, TokenLoginGivesASessionToWhoeverBringsBothTokens) {
  const Answer first = post(browser, "tokenLogin", token_login());
  const Json made = json(first);
  const std::string server_token(made.get("serverToken").as_string());
  EXPECT_EQ(server_token.size(), 32U);
  EXPECT_EQ(made.get("user_id").as_integer(), 3);
  EXPECT_NE(made.get("url").as_string().find("serverToken=" + server_token), std::string_view::npos);
  EXPECT_TRUE(browser.cookies.empty());
  ApiClient target(*api.runtime, "198.51.100.1");
  EXPECT_EQ(code(post(target, "tokens",
                      {{"serverToken", server_token}, {"clientToken", "theirs"}, {"client", "web"}})),
            "SES-0211");
  EXPECT_EQ(
      code(post(target, "tokens", {{"serverToken", "other"}, {"clientToken", "ours"}, {"client", "web"}})),
      "SES-0210");
  const Json opened = json(
      post(target, "tokens", {{"serverToken", server_token}, {"clientToken", "ours"}, {"client", "web"}}));
  target.session = std::string(opened.get("data").get("session").as_string());
  EXPECT_EQ(target.session.size(), 32U);
  EXPECT_EQ(target.cookies.size(), 3U);
  EXPECT_EQ(target.get("system?action=whoami").get("data").get("user_id").as_integer(), 3);
  EXPECT_EQ(code(post(target, "tokens",
                      {{"serverToken", server_token}, {"clientToken", "ours"}, {"client", "web"}})),
            "SES-0210");
}

TEST_F(LoginTokens, TokenLoginOfABrowserIsARedirectAndItsFailureAPage) {
  auto form = token_login();
  form.pop_back();
  const Answer answer = post(browser, "tokenLogin", form);
  EXPECT_EQ(answer.status, 302);
  EXPECT_TRUE(location(answer).starts_with("/appsuite/#jsessionid="));
  form[1].second = "wrong";
  EXPECT_EQ(post(browser, "tokenLogin", form).content_type, "text/html; charset=UTF-8");
  EXPECT_EQ(code(post(browser, "tokenLogin", token_login("wrong"))), "LGI-0006");
}

TEST_F(LoginTokens, TokensEndAfterAMinute) {
  const std::string token(json(post(browser, "tokenLogin", token_login())).get("serverToken").as_string());
  api.database.clock.advance(60'000);
  EXPECT_EQ(
      code(post(browser, "tokens", {{"serverToken", token}, {"clientToken", "ours"}, {"client", "web"}})),
      "SES-0210");
}

TEST_F(LoginTokens, RandomTokensAreOffByDefault) {
  ApiClient user = api.user("user1");
  EXPECT_EQ(browser.send(Method::Get, "login?action=redirect&random=x").status, 400);
  EXPECT_EQ(browser.send(Method::Get, "login?action=redeem&random=x").status, 400);
}

TEST_F(LoginTokens, RandomTokenOpensTheSessionOnce) {
  api.database.settings.session.random_token = true;
  ApiClient first = api.client();
  const std::string random(first.login("user1").get("random").as_string());
  ASSERT_EQ(random.size(), 32U);
  EXPECT_EQ(browser.send(Method::Get, "login?action=redeem").status, 400);
  EXPECT_EQ(browser.send(Method::Get, "login?action=redeem&random=unknown").status, 403);
  const Json redeemed =
      json(browser.send(Method::Get, "login?action=redeem&client=test-client&random=" + random));
  EXPECT_EQ(redeemed.get("session").as_string(), first.session);
  browser.session = first.session;
  EXPECT_TRUE(browser.get("system?action=whoami").get("error").is_missing());
  EXPECT_EQ(browser.send(Method::Get, "login?action=redirect&random=" + random).status, 403);
}

TEST_F(LoginTokens, RandomTokenRedirectsIntoTheUi) {
  api.database.settings.session.random_token = true;
  ApiClient first = api.client();
  const std::string random(first.login("user1").get("random").as_string());
  const Answer answer =
      browser.send(Method::Get, "login?action=redirect&store=true&uiWebPath=//evil.test/&random=" + random);
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(location(answer), "/appsuite/#session=" + first.session + "&store=true");
  EXPECT_EQ(browser.cookies.size(), 3U);
}

TEST_F(LoginTokens, AcquiredTokenNeedsAConfiguredSecretAndWorksOnce) {
  ApiClient user = api.user("user1");
  const std::string token(user.get("token?action=acquireToken").get("data").get("token").as_string());
  ASSERT_EQ(token.size(), 32U);
  const auto redeem = [&](const std::string& secret) {
    ApiClient application(*api.runtime, "198.51.100.1");
    return json(post(application, "redeemToken",
                     {{"token", token}, {"secret", secret}, {"client", "app"}, {"authId", "a"}}));
  };
  EXPECT_EQ(redeem("s3cret").get("code").as_string(), "LGI-0026");
  api.database.settings.session.token_secrets = {"s3cret; accessPassword=true", "plain"};
  EXPECT_EQ(redeem("wrong").get("code").as_string(), "LGI-0026");
  EXPECT_EQ(redeem("").get("code").as_string(), "SVL-0002");
  const Json opened = redeem("s3cret");
  EXPECT_EQ(opened.get("user_id").as_integer(), 3);
  EXPECT_NE(opened.get("session").as_string(), user.session);
  EXPECT_EQ(opened.get("password").as_string(), "secret");
  EXPECT_EQ(redeem("s3cret").get("code").as_string(), "LGI-0026");
}

TEST_F(LoginTokens, PasswordStaysHiddenFromSecretsThatMayNotSeeIt) {
  ApiClient user = api.user("user1");
  const std::string token(user.get("token?action=acquireToken").get("data").get("token").as_string());
  api.database.settings.session.token_secrets = {"plain"};
  const Json opened = json(post(browser, "redeemToken",
                                {{"token", token}, {"secret", "plain"}, {"client", "app"}, {"authId", "a"}}));
  EXPECT_EQ(opened.get("session").as_string().size(), 32U);
  EXPECT_TRUE(opened.get("password").is_missing());
}

}  // namespace
}  // namespace gw::ajax
