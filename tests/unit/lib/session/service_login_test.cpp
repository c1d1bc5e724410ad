#include "session/service_login.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "session/basic_credentials.hpp"
#include "session/throttle.hpp"
#include "support/database.hpp"
#include "unit/lib/session/quick_password.hpp"

namespace gw::session {
namespace {

class ServiceLogin : public testing::Test {
 protected:
  ServiceLogin() : scope(*db.pool) {}
  /// 200, or the status of the refusal.
  int come(const std::string& name, const std::string& password, const std::string& address = "192.0.2.1",
           std::string_view service = "mail-notify") {
    try {
      check_service(scope, db.settings.session, db.clock, {service, "dovecot", "a secret"},
                    {name, password, address, "Agent/1.0"});
      return 200;
    } catch (const HttpError& error) {
      return error.status();
    }
  }

  test::TestDatabase db;
  sql::Scope scope;
};

TEST_F(ServiceLogin, LoginAndSecretMustBothBeRight) {
  EXPECT_EQ(come("dovecot", "a secret"), 200);
  EXPECT_EQ(come("dovecot", "a secret "), 401);
  EXPECT_EQ(come("Dovecot", "a secret"), 401);
  EXPECT_EQ(come("dovecot:a", " secret"), 401);
  EXPECT_EQ(come("", ""), 401);
}

TEST_F(ServiceLogin, WhoeverGuessesSlowsDownOnlyHisOwnAddress) {
  for (int i = 0; i < kMaxFailuresPerPlace; ++i) EXPECT_EQ(come("dovecot", "guess"), 401) << i;
  EXPECT_EQ(come("dovecot", "guess"), 429);
  EXPECT_EQ(come("dovecot", "a secret"), 429) << "else the right guess would be told from the others";
  for (int i = 0; i < 2 * kMaxFailuresFromStrangers; ++i)
    come("dovecot", "guess", "198.51.100." + std::to_string(i));
  EXPECT_EQ(come("dovecot", "a secret", "192.0.2.2"), 200);
  EXPECT_EQ(come("dovecot", "a secret", "192.0.2.1", "other"), 200);
  db.clock.advance(5 * kMinute);
  EXPECT_EQ(come("dovecot", "a secret"), 200);
}

TEST_F(ServiceLogin, FailuresDoNotCountForTheUsersOfTheAddress) {
  db.settings.session.max_failed_logins = 1;
  EXPECT_EQ(come("dovecot", "guess"), 401);
  EXPECT_NO_THROW(admit_attempt(scope.connection(), db.settings.session, db.clock.now(),
                                {"1/anna", ContextId(1), UserId(3), "192.0.2.1", "Agent/1.0"}));
}

}  // namespace
}  // namespace gw::session
