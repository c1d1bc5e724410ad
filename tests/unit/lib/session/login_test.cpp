#include "session/login.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "session/password.hpp"
#include "session/throttle.hpp"
#include "support/database.hpp"
#include "unit/lib/session/quick_password.hpp"

namespace gw::session {
namespace {

class LoginTest : public testing::Test {
 protected:
  LoginTest() : scope(*db.pool) {
    db.settings.default_context = "context1";
    db.add_bare_context(ContextId(1));
    db.add_bare_context(ContextId(2));
    add_user(1, 3, "user1", kQuickHash);
    add_user(2, 3, "user1", kQuickHash);
    run("INSERT INTO context_mappings (mapping,cid) VALUES ('example.test',2)");
  }
  void run(const std::string& statement) {
    scope.write([&](sql::Connection& connection) { connection.execute(statement); });
    scope.release();
  }
  void add_user(int context, int id, const std::string& login, const std::string& hash, int guest = 0) {
    scope.write([&](sql::Connection& connection) {
      connection.execute(
          "INSERT INTO users "
          "(cid,id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,"
          "password,password_changed,calendar_folder,contacts_folder,tasks_folder,infostore_folder,infostore_"
          "trash,"
          "collected_folder,file_quota,created,last_modified) VALUES "
          "(?,?,?,1,0,'en_US','UTC','','',0,?,?,0,0,0,0,0,0,0,-1,0,0)",
          context, id, login, guest, hash);
    });
  }
  std::int64_t number(const std::string& statement) {
    sql::Query row = scope.connection().query(statement);
    return row.next() ? row.integer(0) : -1;
  }

  /// "context/user", or how it was refused.
  std::string try_login(const std::string& name, const std::string& password,
                        const std::string& address = "192.0.2.1", const std::string& agent = "Owner/1.0") {
    try {
      const LoginResult result = log_in(scope, db.settings, db.clock, {name, password, address, agent});
      return std::to_string(result.context.id.value) + "/" + std::to_string(result.user.id.value);
    } catch (const ApiError& error) {
      return format_code(error.code());
    } catch (const HttpError& error) {
      return std::to_string(error.status());
    }
  }

  test::TestDatabase db;
  sql::Scope scope;
};

TEST_F(LoginTest, NameIsResolvedByDefaultContextNameMappingAndId) {
  EXPECT_EQ(try_login("user1", "secret"), "1/3");
  EXPECT_EQ(try_login("  USER1 ", "secret"), "1/3");
  EXPECT_EQ(try_login("user1@", "secret"), "1/3");
  EXPECT_EQ(try_login("user1@context2", "secret"), "2/3");
  EXPECT_EQ(try_login("user1@2", "secret"), "2/3");
  EXPECT_EQ(try_login("User1@Example.Test", "secret"), "2/3");
}

TEST_F(LoginTest, TheLastAtSeparatesTheContext) {
  add_user(1, 4, "user1@example.test", kQuickHash);
  EXPECT_EQ(try_login("user1@example.test@context1", "secret"), "1/4");
}

TEST_F(LoginTest, UserContextAndPasswordAreRefusedAlike) {
  for (const char* name : {"user1", "nobody", "user1@nowhere", "@context1", "", "@", "user1@context1@nowhere",
                           "a\x01z", "\xFF\xFE"})
    EXPECT_EQ(try_login(name, "wrong"), "LGI-0006") << name;
  EXPECT_EQ(try_login(std::string(100'000, 'x'), "secret"), "LGI-0006");
  EXPECT_EQ(try_login("user1", ""), "LGI-0006");
  EXPECT_EQ(try_login("user1", std::string(100'000, 'x')), "LGI-0006");
}

TEST_F(LoginTest, GuestsAndUsersWithoutPasswordCannotSignInHere) {
  add_user(1, 5, "guest", kQuickHash, 3);
  run("UPDATE users SET password=NULL WHERE cid=2 AND id=3");
  EXPECT_EQ(try_login("guest", "secret"), "LGI-0006");
  EXPECT_EQ(try_login("user1@context2", "secret"), "LGI-0006");
  EXPECT_EQ(try_login("user1@context2", ""), "LGI-0006");
}

TEST_F(LoginTest, LockedContextAndDisabledUserShowOnlyToTheRightPassword) {
  run("UPDATE contexts SET enabled=0 WHERE cid=1");
  EXPECT_EQ(try_login("user1", "wrong"), "LGI-0006");
  EXPECT_EQ(try_login("user1", "secret"), "LGI-0001");
  run("UPDATE contexts SET enabled=1 WHERE cid=1");
  run("UPDATE users SET enabled=0 WHERE cid=1 AND id=3");
  EXPECT_EQ(try_login("user1", "wrong"), "LGI-0006");
  EXPECT_EQ(try_login("user1", "secret"), "LGI-0013");
}

TEST_F(LoginTest, OldHashIsRenewedAtAGoodLoginOnly) {
  const auto stored = [&] {
    sql::Query row = scope.connection().query("SELECT password FROM users WHERE cid=1 AND id=3");
    return row.next() ? row.string(0) : std::string();
  };
  try_login("user1", "wrong");
  EXPECT_EQ(stored(), kQuickHash);
  EXPECT_EQ(try_login("user1", "secret"), "1/3");
  EXPECT_TRUE(stored().starts_with("$y$"));
  EXPECT_EQ(try_login("user1", "secret"), "1/3");
}

TEST_F(LoginTest, OneAddressAndUserAgentGets429AfterFiftyFailuresOfAnyName) {
  for (int i = 0; i < 50; ++i) EXPECT_EQ(try_login("name" + std::to_string(i), "x"), "LGI-0006") << i;
  EXPECT_EQ(try_login("user1", "secret"), "429");
  EXPECT_EQ(try_login("user1", "secret", "198.51.100.1"), "1/3");
  db.clock.advance(5 * kMinute);
  EXPECT_EQ(try_login("user1", "secret"), "1/3");
}

TEST_F(LoginTest, InventingUserAgentsDoesNotHelpAnAddressForEver) {
  db.settings.session.max_failed_logins = 2;
  std::string last;
  for (int i = 0; i < 21; ++i)
    last = try_login("name" + std::to_string(i), "x", "192.0.2.1", "agent" + std::to_string(i));
  EXPECT_EQ(last, "429");
}

TEST_F(LoginTest, OneNameFromOneNetworkIsRefusedAfterTenFailuresKnownOrNot) {
  for (const char* name : {"user1", "nobody"}) {
    for (int i = 0; i < kMaxFailuresPerPlace; ++i)
      EXPECT_EQ(try_login(name, "x", "192.0.2." + std::to_string(i)), "LGI-0006") << name << i;
    EXPECT_EQ(try_login(name, "secret", "192.0.2.99"), "LGI-0028") << name;
  }
}

TEST_F(LoginTest, AllSpellingsOfAnAccountShareItsCounter) {
  const char* spellings[] = {"user1@context2", "USER1@2", "user1@example.test", "user1@Context2 "};
  for (int i = 0; i < kMaxFailuresPerPlace; ++i) try_login(spellings[i % 4], "x");
  EXPECT_EQ(try_login("user1@context2", "secret"), "LGI-0028");
  EXPECT_EQ(try_login("user1", "secret"), "1/3");
}

TEST_F(LoginTest, AttackerFromAThousandAddressesCannotLockTheOwnersDeviceOut) {
  add_user(1, 6, "owner", kQuickHash);
  ASSERT_EQ(try_login("owner", "secret", "203.0.113.5", "Owner/1.0"), "1/6");
  int let_through = 0;
  for (int i = 0; i < 1'000; ++i) {
    const std::string address = "10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".1";
    if (try_login("owner", "guess", address, "Attacker/1.0") == "LGI-0006") ++let_through;
  }
  EXPECT_EQ(let_through, kMaxFailuresFromStrangers);
  EXPECT_EQ(try_login("owner", "secret", "10.9.9.9", "Stranger/1.0"), "LGI-0028");
  EXPECT_EQ(try_login("owner", "secret", "203.0.113.5", "Owner/1.0"), "1/6") << "same place";
  EXPECT_EQ(try_login("owner", "secret", "203.0.113.77", "Other/1.0"), "1/6") << "same network";
  EXPECT_EQ(try_login("owner", "secret", "198.51.100.7", "Owner/1.0"), "1/6") << "same device, elsewhere";
}

TEST_F(LoginTest, AttackerInTheOwnersNetworkCannotLockTheOwnersAddressOut) {
  ASSERT_EQ(try_login("user1", "secret", "203.0.113.5"), "1/3");
  for (int i = 0; i < 20; ++i) try_login("user1", "guess", "203.0.113.66", "Attacker/1.0");
  EXPECT_EQ(try_login("user1", "secret", "203.0.113.66", "Attacker/1.0"), "LGI-0028");
  EXPECT_EQ(try_login("user1", "secret", "203.0.113.5"), "1/3");
}

TEST_F(LoginTest, GoodLoginForgetsTheMistypingBeforeIt) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < kMaxFailuresPerPlace - 1; ++i) EXPECT_EQ(try_login("user1", "x"), "LGI-0006");
    EXPECT_EQ(try_login("user1", "secret"), "1/3") << round;
  }
}

TEST_F(LoginTest, RefusedAttemptsDoNotProlongTheRefusal) {
  for (int i = 0; i < kMaxFailuresPerPlace; ++i) try_login("user1", "x");
  for (int i = 0; i < 4; ++i) {
    db.clock.advance(kMinute);
    EXPECT_EQ(try_login("user1", "secret"), "LGI-0028");
  }
  db.clock.advance(kMinute);
  EXPECT_EQ(try_login("user1", "secret"), "1/3");
}

TEST_F(LoginTest, RecordsAreBoundedAndPurged) {
  for (int i = 0; i < 120; ++i) {
    db.clock.advance(1);
    ASSERT_EQ(try_login("user1", "secret", "10.0." + std::to_string(i) + ".1"), "1/3");
  }
  EXPECT_LE(number("SELECT COUNT(*) FROM known_devices"), 101);
  try_login("nobody", "x");
  EXPECT_GT(number("SELECT COUNT(*) FROM login_failures"), 0);
  db.clock.advance(5 * kMinute);
  purge_login_records(scope, db.clock.now());
  EXPECT_EQ(number("SELECT COUNT(*) FROM login_failures"), 0);
  db.clock.advance(91LL * 24 * 60 * kMinute);
  purge_login_records(scope, db.clock.now());
  EXPECT_EQ(number("SELECT COUNT(*) FROM known_devices"), 0);
}

TEST_F(LoginTest, PlaceSeenTodayCostsNoWrite) {
  try_login("user1", "secret");
  const std::int64_t before = number("SELECT MAX(last_login) FROM known_devices");
  db.clock.advance(60 * kMinute);
  try_login("user1", "secret");
  EXPECT_EQ(number("SELECT MAX(last_login) FROM known_devices"), before);
  db.clock.advance(24 * 60 * kMinute);
  try_login("user1", "secret");
  EXPECT_GT(number("SELECT MAX(last_login) FROM known_devices"), before);
}

TEST_F(LoginTest, ConfirmingAPasswordCountsItsFailuresToo) {
  const auto confirm = [&](const std::string& password) {
    return confirm_password(scope, db.settings, db.clock, ContextId(1), UserId(3),
                            {{}, password, "192.0.2.1", "agent"});
  };
  EXPECT_TRUE(confirm("secret"));
  for (int i = 0; i < kMaxFailuresPerPlace; ++i) EXPECT_FALSE(confirm("guess"));
  EXPECT_THROW(confirm("secret"), ApiError);
}

TEST_F(LoginTest, UnknownUserTakesThePathOfAKnownOne) {
  // Both write the same counters, and both hash once: nothing but the outcome differs.
  try_login("user1", "x", "192.0.2.1", "one");
  const std::int64_t of_known = number("SELECT COUNT(*) FROM login_failures");
  run("DELETE FROM login_failures");
  try_login("nobody", "x", "192.0.2.1", "one");
  EXPECT_EQ(number("SELECT COUNT(*) FROM login_failures"), of_known);
}

}  // namespace
}  // namespace gw::session
