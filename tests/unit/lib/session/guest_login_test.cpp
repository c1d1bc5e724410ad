#include "session/guest_login.hpp"

#include "model/shares/links.hpp"
#include "session/password.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"
#include "unit/lib/session/quick_password.hpp"

namespace gw::session {
namespace {

class GuestLogin : public test::FileCabinet {
 protected:
  GuestLogin() : target{model::ObjectModule::Infostore, home(test::kAnna), {}} {
    token = model::shares::get_link(as(test::kAnna), target).token;
  }
  void set_password(const std::string& hash) {
    model::shares::change_link(as(test::kAnna), target, {.password_hash = std::optional(hash)},
                               Millis{INT64_MAX});
  }
  template <class Action>
  std::string attempt(const Action& action) {
    sql::Scope scope(*database.pool);
    try {
      action(scope);
      return "in";
    } catch (const ApiError& error) {
      return format_code(error.code());
    } catch (const HttpError& error) {
      return std::to_string(error.status());
    }
  }
  std::string open(const std::string& with) {
    return attempt([&](sql::Scope& scope) {
      open_share(scope, database.settings, database.clock, {with, "192.0.2.1", "Agent/1.0"});
    });
  }
  std::string log_in(const std::string& with, const std::string& password,
                     const std::optional<std::string>& name = {}) {
    return attempt([&](sql::Scope& scope) {
      log_in_guest(scope, database.settings, database.clock, {with, "192.0.2.1", "Agent/1.0"}, name,
                   password);
    });
  }
  model::shares::Target target;
  std::string token;
};

TEST_F(GuestLogin, ATokenOpensItsShareAndOthersOpenNothing) {
  EXPECT_EQ(open(token), "in");
  EXPECT_EQ(open(token + "0"), "404");
  EXPECT_EQ(open(token.substr(0, 47) + (token.back() == '0' ? "1" : "0")), "404");
  EXPECT_EQ(open(""), "404");
}

TEST_F(GuestLogin, ALockedContextLooksLikeAnUnknownShare) {
  {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE contexts SET enabled=0 WHERE cid=?", test::kContext);
  }
  EXPECT_EQ(open(token), "404");
  EXPECT_EQ(log_in(token, ""), "LGI-0006");
}

TEST_F(GuestLogin, APasswordMustBeRight) {
  EXPECT_EQ(log_in(token, ""), "in");
  set_password(kQuickHash);
  EXPECT_EQ(log_in(token, ""), "LGI-0025");
  EXPECT_EQ(log_in(token, "wrong"), "LGI-0025");
  EXPECT_EQ(log_in(token, "secret"), "in");
  EXPECT_EQ(log_in(token, "secret", "anna@example.test"), "LGI-0006");
  EXPECT_EQ(log_in(token + "0", "secret"), "LGI-0006");
}

TEST_F(GuestLogin, GuessingIsStoppedForTheGuesserAlone) {
  set_password(kQuickHash);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(log_in(token, "wrong"), "LGI-0025") << i;
  EXPECT_EQ(log_in(token, "secret"), "LGI-0028");
  EXPECT_EQ(attempt([&](sql::Scope& scope) {
              log_in_guest(scope, database.settings, database.clock, {token, "198.51.100.7", "Other/1.0"}, {},
                           "secret");
            }),
            "in");
}

TEST_F(GuestLogin, TryingTokensIsStoppedAndThoseThatExistStayOpen) {
  database.settings.session.max_failed_logins = 5;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(open("00000001" + std::string(39, 'a') + std::to_string(i)), "404");
  EXPECT_EQ(open(std::string(48, 'b')), "429");
  EXPECT_EQ(open(token), "in");
}

}  // namespace
}  // namespace gw::session
