#include "session/password_authority.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "session/login.hpp"
#include "support/database.hpp"
#include "unit/lib/session/quick_password.hpp"

namespace gw::session {
namespace {

/// Knows one user, by the password "elsewhere".
class FakeAuthority final : public PasswordAuthority {
 public:
  [[nodiscard]] Answer check(const std::string&, const std::string& password) const override {
    ++asked;
    if (is_down) return {Verdict::Down, {}, {}};
    return password == "elsewhere" ? Answer{Verdict::Right, context, user} : Answer{};
  }
  bool is_down = false;
  ContextId context{1};
  UserId user{3};
  mutable int asked = 0;
};

class PasswordAuthorityTest : public testing::Test {
 protected:
  PasswordAuthorityTest() : scope(*db.pool) {
    db.settings.default_context = "context1";
    db.add_bare_context(ContextId(1));
    add_user(3, "anna", "");
    add_user(4, "local", kQuickHash);
  }

  void add_user(int id, const std::string& login, const std::string& hash) {
    scope.write([&](sql::Connection& connection) {
      connection.execute(
          "INSERT INTO users "
          "(cid,id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,"
          "password,password_changed,calendar_folder,contacts_folder,tasks_folder,infostore_folder,"
          "infostore_trash,collected_folder,file_quota,created,last_modified) VALUES "
          "(1,?,?,1,0,'en_US','UTC','','',0,0,?,0,0,0,0,0,0,0,-1,0,0)",
          id, login, hash.empty() ? std::optional<std::string>() : hash);
    });
    scope.release();
  }

  /// The id of the user, or how he was refused.
  std::string try_login(const std::string& name, const std::string& password) {
    try {
      const LoginResult result =
          log_in(scope, db.settings, db.clock, {name, password, "192.0.2.1", "Test/1.0"}, &authority);
      return std::to_string(result.user.id.value);
    } catch (const ApiError& error) {
      return format_code(error.code());
    }
  }

  test::TestDatabase db;
  sql::Scope scope;
  FakeAuthority authority;
};

TEST_F(PasswordAuthorityTest, ItTellsWhoSomebodyIsWhateverHeTyped) {
  EXPECT_EQ(try_login("anna", "elsewhere"), "3");
  EXPECT_EQ(try_login("somebody@elsewhere.test", "elsewhere"), "3");
  authority.user = UserId(99);
  EXPECT_EQ(try_login("anna", "elsewhere"), "LGI-0006");
}

TEST_F(PasswordAuthorityTest, PasswordsOfThisServerComeSecondUnlessTheyAreOff) {
  EXPECT_EQ(try_login("local", "secret"), "4");
  EXPECT_EQ(try_login("local", "wrong"), "LGI-0006");
  EXPECT_EQ(try_login("anna", ""), "LGI-0006");
  db.settings.directories.local_passwords = false;
  EXPECT_EQ(try_login("local", "secret"), "LGI-0006");
  EXPECT_EQ(try_login("anna", "elsewhere"), "3");
  EXPECT_EQ(authority.asked, 5);
}

TEST_F(PasswordAuthorityTest, WhenNobodyAnswersThatIsSaidToKnownAndUnknownAlike) {
  authority.is_down = true;
  EXPECT_EQ(try_login("anna", "elsewhere"), "LGI-0005");
  EXPECT_EQ(try_login("nobody", "x"), "LGI-0005");
  EXPECT_EQ(try_login("local", "wrong"), "LGI-0005");
  EXPECT_EQ(try_login("local", "secret"), "4");
}

TEST_F(PasswordAuthorityTest, GuessingIsSlowedDownAsForOtherPasswords) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(try_login("anna", "wrong"), "LGI-0006") << i;
  EXPECT_EQ(try_login("anna", "elsewhere"), "LGI-0028");
  EXPECT_EQ(authority.asked, 10);
}

TEST_F(PasswordAuthorityTest, AnOutageLocksNobodyOutWhereNothingWasCompared) {
  db.settings.directories.local_passwords = false;
  authority.is_down = true;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(try_login("anna", "elsewhere"), "LGI-0005") << i;
  authority.is_down = false;
  EXPECT_EQ(try_login("anna", "elsewhere"), "3");
}

}  // namespace
}  // namespace gw::session
