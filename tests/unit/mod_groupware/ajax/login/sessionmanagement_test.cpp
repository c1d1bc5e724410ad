#include "ajax/login/sessionmanagement.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;

class SessionManagement : public testing::Test {
 protected:
  bool is_alive(ApiClient& client) { return client.get("system?action=whoami").get("error").is_missing(); }
  test::TestApi api;
  ApiClient first = api.user("user1");
  ApiClient second = api.user("user1");
  ApiClient other = api.user("user2");
};

TEST_F(SessionManagement, ListsTheSessionsOfTheUserOnly) {
  const Json list = first.get("sessionmanagement?action=all").get("data");
  ASSERT_EQ(list.size(), 2U);
  for (std::size_t i = 0; i < list.size(); ++i) {
    EXPECT_NE(list.at(i).get("sessionId").as_string(), other.session);
    EXPECT_EQ(list.at(i).get("ipAddress").as_string(), "192.0.2.1");
    EXPECT_EQ(list.at(i).get("client").as_string(), "test-client");
    EXPECT_EQ(list.at(i).get("userId").as_integer(), 3);
    EXPECT_EQ(list.at(i).get("ctxId").as_integer(), 1);
    EXPECT_EQ(list.at(i).get("loginTime").as_integer(), api.database.clock.now().value);
    EXPECT_TRUE(list.at(i).get("device").get("info").is_string());
    EXPECT_TRUE(list.at(i).get("userAgent").is_missing()) << "not in the contract";
  }
}

TEST_F(SessionManagement, DeletesOwnSessionsAndNoForeignOnes) {
  const Json answer = first.put("sessionmanagement?action=delete",
                                "[\"" + second.session + "\",\"" + other.session + "\",5,\"x\"]");
  EXPECT_TRUE(answer.get("error").is_missing()) << answer.dump();
  EXPECT_FALSE(is_alive(second));
  EXPECT_TRUE(is_alive(other));
  EXPECT_TRUE(is_alive(first));
  EXPECT_EQ(first.put("sessionmanagement?action=delete", "{}").get("code").as_string(), "SVL-0028");
}

TEST_F(SessionManagement, ClearSparesTheCallersSession) {
  first.get("sessionmanagement?action=clear");
  EXPECT_TRUE(is_alive(first));
  EXPECT_FALSE(is_alive(second));
  EXPECT_TRUE(is_alive(other));
}

}  // namespace
}  // namespace gw::ajax
