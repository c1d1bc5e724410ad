#include "ajax/session_check.hpp"

#include <gtest/gtest.h>

#include "ajax/cookies.hpp"
#include "model/contexts/provisioning.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

class SessionCheck : public testing::Test {
 protected:
  /// "ok", the code of the refusal, or the HTTP status.
  std::string check(const Request& request, bool public_allowed = false) {
    model::UnitOfWork work(*api.database.environment, {});
    try {
      check_session(request, *api.runtime, work, public_allowed);
      return work.caller().login_name;
    } catch (const ApiError& error) {
      return format_code(error.code());
    } catch (const HttpError& error) {
      return std::to_string(error.status());
    }
  }
  void run(const std::string& statement) {
    sql::Scope scope(*api.database.pool);
    scope.write([&](sql::Connection& connection) { connection.execute(statement); });
  }
  Request request() { return user.request(Method::Get, "contacts?action=all"); }
  /// Ends whatever the process remembers of accounts.
  void touch() { run("UPDATE context_sequence SET account_stamp=account_stamp+1 WHERE cid=1"); }

  test::TestApi api;
  test::ApiClient user = api.user("user1");
};

TEST_F(SessionCheck, RightSessionAndSecretGiveTheCaller) { EXPECT_EQ(check(request()), "user1"); }

TEST_F(SessionCheck, MissingParameterIsAPageAndUnknownOnesAreSes0203) {
  Request without = request();
  without.query = Parameters::parse("action=all");
  EXPECT_EQ(check(without), "400");
  without.query = Parameters::parse("session=");
  EXPECT_EQ(check(without), "400");
  without.query = Parameters::parse("session=unset");
  EXPECT_EQ(check(without), "SES-0203");
  without.query = Parameters::parse("session=" + std::string(32, 'a'));
  EXPECT_EQ(check(without), "SES-0203");
}

TEST_F(SessionCheck, ErrorEchoesTheSessionOnlyWhenItLooksLikeOne) {
  const std::string id(32, 'a');
  EXPECT_EQ(expired_error(id).arguments().front(), id);
  EXPECT_EQ(expired_error("<script>").arguments().front().find('<'), std::string::npos);
}

TEST_F(SessionCheck, MissingOrWrongSecretIsSes0206EvenBeforeTheAddressIsLookedAt) {
  Request stolen = request();
  stolen.cookies = {};
  EXPECT_EQ(check(stolen), "SES-0206");
  const std::string name =
      std::string(kSecretCookie) + cookie_hash(*api.runtime, user.user_agent, "test-client");
  stolen.cookies.add(name, std::string(32, '0'));
  stolen.remote_address = "203.0.113.1";
  EXPECT_EQ(check(stolen), "SES-0206");
}

TEST_F(SessionCheck, AChangedUserAgentFindsNoSecretInTheDefaultMode) {
  Request other = request();
  other.user_agent = "another/2.0";
  EXPECT_EQ(check(other), "SES-0206");
  api.database.settings.session.cookie_hash_remember = true;
  EXPECT_EQ(check(other), "user1");
}

TEST_F(SessionCheck, LockedContextIsSes0204AndDisabledOrDeletedUserSes0203) {
  run("UPDATE contexts SET enabled=0 WHERE cid=1");
  EXPECT_EQ(check(request()), "SES-0204");
  run("UPDATE contexts SET enabled=1 WHERE cid=1");
  run("UPDATE users SET enabled=0 WHERE cid=1 AND login='user1'");
  touch();
  EXPECT_EQ(check(request()), "SES-0203");
  run("DELETE FROM users WHERE cid=1 AND login='user1'");
  touch();
  EXPECT_EQ(check(request()), "SES-0203");
}

TEST_F(SessionCheck, AnotherAddressIsSes0205) {
  Request elsewhere = request();
  elsewhere.remote_address = "203.0.113.1";
  EXPECT_EQ(check(elsewhere), "SES-0205");
  EXPECT_EQ(check(request()), "user1");
}

TEST_F(SessionCheck, SubnetMaskAndExemptNetworksLetAddressesChange) {
  Request elsewhere = request();
  elsewhere.remote_address = "192.0.2.200";
  EXPECT_EQ(check(elsewhere), "SES-0205");
  api.database.settings.session.address_bits_v4 = 24;
  EXPECT_EQ(check(elsewhere), "user1");
  elsewhere.remote_address = "10.1.1.1";
  EXPECT_EQ(check(elsewhere), "SES-0205");
  api.database.settings.session.address_exempt_networks = {"10.0.0.0/8"};
  EXPECT_EQ(check(elsewhere), "user1");
}

TEST_F(SessionCheck, ExemptClientsTakeTheirAddressWithThem) {
  api.database.settings.session.address_exempt_clients = {"test-client"};
  Request elsewhere = request();
  elsewhere.remote_address = "203.0.113.1";
  EXPECT_EQ(check(elsewhere), "user1");
  api.database.settings.session.address_exempt_clients.clear();
  EXPECT_EQ(check(elsewhere), "user1");
  EXPECT_EQ(check(request()), "SES-0205");
}

TEST_F(SessionCheck, WithTheCheckOffTheAddressFollowsTheRequest) {
  api.database.settings.session.check_address = false;
  Request elsewhere = request();
  elsewhere.remote_address = "203.0.113.1";
  EXPECT_EQ(check(elsewhere), "user1");
  sql::Scope scope(*api.database.pool);
  EXPECT_EQ(api.sessions->find(scope, user.session)->address, "203.0.113.1");
}

TEST_F(SessionCheck, PublicCookieCountsOnlyWhereAllowedAndOnlyWithTheSecret) {
  Request picture = request();
  picture.query = {};
  EXPECT_EQ(check(picture, false), "400");
  EXPECT_EQ(check(picture, true), "user1");
  Request without_secret = picture;
  without_secret.cookies = {};
  for (const auto& [name, value] : picture.cookies.pairs())
    if (name.starts_with(kPublicCookie)) without_secret.cookies.add(name, value);
  EXPECT_EQ(check(without_secret, true), "SES-0206");
  Request unknown = picture;
  unknown.cookies = {};
  unknown.cookies.add(std::string(kPublicCookie) + public_cookie_hash(*api.runtime, user.user_agent),
                      std::string(32, 'a'));
  EXPECT_EQ(check(unknown, true), "SES-0203");
}

}  // namespace
}  // namespace gw::ajax
