#include "ajax/login/passwordchange.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;

class PasswordChange : public testing::Test {
 protected:
  std::string change(ApiClient& client, const std::string& body) {
    return std::string(client.put("passwordchange?action=update", body).get("code").as_string());
  }
  std::string login(const std::string& password) {
    ApiClient client(*api.runtime, "198.51.100.1");
    return std::string(client.login("user1", password).get("code").as_string());
  }
  test::TestApi api;
  ApiClient user = api.user("user1");
};

TEST_F(PasswordChange, NewPasswordWorksAndTheOldOneDoesNot) {
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":"n€wer pass"})"), "");
  EXPECT_EQ(login("n€wer pass"), "");
  EXPECT_EQ(login("secret"), "LGI-0006");
}

TEST_F(PasswordChange, EndsTheOtherSessionsOfTheUserOnly) {
  ApiClient second = api.user("user1");
  ApiClient other = api.user("user2");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":"newer"})"), "");
  EXPECT_EQ(second.get("system?action=whoami").get("code").as_string(), "SES-0203");
  EXPECT_TRUE(user.get("system?action=whoami").get("error").is_missing());
  EXPECT_TRUE(other.get("system?action=whoami").get("error").is_missing());
}

TEST_F(PasswordChange, RulesHaveTheirOwnCodes) {
  EXPECT_EQ(change(user, R"({"old_password":"wrong","new_password":"newer"})"), "USR-0027");
  EXPECT_EQ(change(user, R"({"old_password":null,"new_password":"newer"})"), "USR-0028");
  EXPECT_EQ(change(user, R"({"new_password":"newer"})"), "USR-0028");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":null})"), "USR-0029");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":""})"), "USR-0029");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":"abc"})"), "USR-0020");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":")" + std::string(512, 'a') + "\"}"),
            "USR-0021");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":"with\ttab"})"), "USR-0015");
  EXPECT_EQ(change(user, R"(["secret"])"), "SVL-0028");
  EXPECT_EQ(change(user, R"({"old_password":5,"new_password":"newer"})"), "SVL-0010");
  EXPECT_EQ(login("secret"), "");
}

TEST_F(PasswordChange, GuessingTheOldPasswordIsSlowedDown) {
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(change(user, R"({"old_password":"wrong","new_password":"newer"})"), "USR-0027");
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":"newer"})"), "LGI-0028");
}

TEST_F(PasswordChange, UserWithoutTheRightIsRefused) {
  sql::Scope scope(*api.database.pool);
  scope.write([](sql::Connection& connection) {
    connection.execute("UPDATE users SET modules=modules-512 WHERE cid=1 AND login='user1'");
    connection.execute("UPDATE context_sequence SET account_stamp=account_stamp+1 WHERE cid=1");
  });
  scope.release();
  EXPECT_EQ(change(user, R"({"old_password":"secret","new_password":"newer"})"), "SVL-0016");
}

}  // namespace
}  // namespace gw::ajax
