#include "ajax/cookies.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "session/memory_cache.hpp"
#include "support/database.hpp"

namespace gw::ajax {
namespace {

class Cookies : public testing::Test {
 protected:
  Cookies()
      : cache(db.clock),
        sessions(db.settings, cache, db.clock),
        runtime{*db.environment, sessions, "salt", "test"} {}
  std::string format(std::optional<std::int64_t> max_age = {}) {
    return format_set_cookie(runtime, request, {"name", "value", max_age});
  }
  test::TestDatabase db;
  session::MemoryCache cache;
  session::SessionStore sessions;
  Runtime runtime;
  Request request;
};

TEST_F(Cookies, NameDependsOnUserAgentClientAndSalt) {
  const std::string hash = cookie_hash(runtime, "Firefox", "web");
  EXPECT_EQ(cookie_hash(runtime, "Firefox", "web"), hash);
  EXPECT_NE(cookie_hash(runtime, "Chrome", "web"), hash);
  EXPECT_NE(cookie_hash(runtime, "Firefox", "phone"), hash);
  EXPECT_NE(public_cookie_hash(runtime, "Firefox"), hash);
  runtime.cookie_salt = "other";
  EXPECT_NE(cookie_hash(runtime, "Firefox", "web"), hash);
}

TEST_F(Cookies, NameHasOnlyLettersDigitsAndUnderscores) {
  for (int i = 0; i < 200; ++i)
    for (const char c : cookie_hash(runtime, "agent" + std::to_string(i), "web"))
      EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) || c == '_') << c;
}

TEST_F(Cookies, MissingClientIsTheDefaultClient) {
  EXPECT_EQ(cookie_hash(runtime, "Firefox", ""), cookie_hash(runtime, "Firefox", "default"));
}

TEST_F(Cookies, ModeDecidesWhetherAChangedUserAgentFindsItsCookie) {
  session::Session session;
  session.client = "web";
  session.cookie_hash = cookie_hash(runtime, "Firefox 1", "web");
  request.user_agent = "Firefox 2";
  EXPECT_EQ(cookie_hash_of(runtime, session, request), cookie_hash(runtime, "Firefox 2", "web"));
  db.settings.session.cookie_hash_remember = true;
  EXPECT_EQ(cookie_hash_of(runtime, session, request), session.cookie_hash);
}

TEST_F(Cookies, GuestsOfOneBrowserHaveNamesOfTheirOwn) {
  session::Session guest;
  guest.client = "web";
  guest.context = ContextId(1);
  guest.user = UserId(9);
  EXPECT_EQ(cookie_hash(runtime, "Firefox", guest), cookie_hash(runtime, "Firefox", "web"));
  guest.is_guest = true;
  const std::string first = cookie_hash(runtime, "Firefox", guest);
  EXPECT_NE(first, cookie_hash(runtime, "Firefox", "web"));
  EXPECT_NE(first, cookie_hash(runtime, "Chrome", guest));
  guest.user = UserId(10);
  EXPECT_NE(cookie_hash(runtime, "Firefox", guest), first);
  guest.user = UserId(9);
  guest.context = ContextId(2);
  EXPECT_NE(cookie_hash(runtime, "Firefox", guest), first);
}

TEST_F(Cookies, GuestsLeaveThePublicCookieToOthers) {
  session::NewSession own;
  own.session.client = "web";
  own.session.is_guest = true;
  Response response;
  add_session_cookies(response, runtime, own, "Firefox");
  ASSERT_EQ(response.cookies.size(), 2U);
  for (const SetCookie& cookie : response.cookies) EXPECT_FALSE(cookie.name.starts_with(kPublicCookie));
}

TEST_F(Cookies, AttributesAreAlwaysHttpOnlyLaxAndForTheRoot) {
  EXPECT_EQ(format(), "name=value; Path=/; HttpOnly; SameSite=Lax");
}

TEST_F(Cookies, SecureFollowsTheConnectionOrIsForcedOutsideTheLan) {
  const auto is_secure = [&] { return format().ends_with("; Secure"); };
  request.is_secure = true;
  EXPECT_TRUE(is_secure());
  request.is_secure = false;
  request.host = "groupware.example.test:8080";
  EXPECT_FALSE(is_secure());
  db.settings.session.cookie_force_secure = true;
  EXPECT_TRUE(is_secure());
  for (const char* host :
       {"localhost", "localhost:8080", "192.168.1.5", "10.0.0.1:80", "[::1]:8080", "intranet"}) {
    request.host = host;
    EXPECT_FALSE(is_secure()) << host;
  }
  request.host = "203.0.113.5";
  EXPECT_TRUE(is_secure());
}

TEST_F(Cookies, DomainIsSentOnlyWhenConfigured) {
  db.settings.session.cookie_domain = ".example.test";
  EXPECT_NE(format().find("; Domain=.example.test"), std::string::npos);
}

TEST_F(Cookies, PersistentCookiesCarryTheirEndAndDeletedOnesEndIn1970) {
  EXPECT_NE(format(604'800).find("; Max-Age=604800; Expires=Tue, 21 Nov 2023 22:13:20 GMT"),
            std::string::npos)
      << format(604'800);
  EXPECT_NE(format(0).find("; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), std::string::npos);
}

TEST_F(Cookies, SessionCookiesFollowThePersistenceOfTheSession) {
  session::NewSession own;
  own.session.id = "id";
  own.session.public_id = "public";
  own.session.client = "web";
  own.secret = "secret";
  Response response;
  add_session_cookies(response, runtime, own, "Firefox");
  ASSERT_EQ(response.cookies.size(), 3U);
  const std::string hash = cookie_hash(runtime, "Firefox", "web");
  EXPECT_EQ(response.cookies[0].name, "open-xchange-session-" + hash);
  EXPECT_EQ(response.cookies[1].name, "open-xchange-secret-" + hash);
  EXPECT_EQ(response.cookies[2].name,
            "open-xchange-public-session-" + public_cookie_hash(runtime, "Firefox"));
  EXPECT_EQ(response.cookies[1].value, "secret");
  EXPECT_FALSE(response.cookies[0].max_age);
  own.session.persistent = true;
  Response persistent;
  add_session_cookies(persistent, runtime, own, "Firefox");
  EXPECT_EQ(persistent.cookies[2].max_age, 604'800);
}

}  // namespace
}  // namespace gw::ajax
