#include "ajax/push/pns.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"
#include "push/client_key.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class Pns : public ::testing::Test {
 protected:
  Pns() : client(api.user("user1")) {}

  std::string put(const std::string& action, const std::string& body) {
    const Json answer = client.put("pns?action=" + action, body);
    return answer.get("error").is_missing() ? answer.get("data").dump()
                                            : std::string(answer.get("code").as_string());
  }
  std::int64_t rows(const std::string& table) {
    const sql::Lease lease = api.database.pool->acquire();
    sql::Query row = lease->query("SELECT COUNT(*) FROM " + table + " WHERE cid=1 AND user_id=3");
    return row.next() ? row.integer(0) : -1;
  }

  TestApi api;
  ApiClient client;
};

constexpr const char* kBody =
    R"({"client":"app","token":"t1","transport":"gcm","topics":["ox:mail:new","ox:calendar:*"]})";

TEST_F(Pns, SubscribingTwiceKeepsOne) {
  EXPECT_EQ(put("subscribe", kBody), R"({"success":true})");
  EXPECT_EQ(put("subscribe", kBody), R"({"success":true})");
  EXPECT_EQ(rows("pns_subscriptions"), 1);
  EXPECT_EQ(rows("pns_topics"), 2);
  EXPECT_EQ(put("subscribe", R"({"client":"app","token":"t1","transport":"gcm","topics":["*"]})"),
            R"({"success":true})");
  EXPECT_EQ(rows("pns_subscriptions"), 1);
  EXPECT_EQ(rows("pns_topics"), 0);
}

TEST_F(Pns, UnsubscribingRemovesItAndIsNoErrorTheSecondTime) {
  put("subscribe", kBody);
  EXPECT_EQ(put("unsubscribe", R"({"client":"app","token":"t1","transport":"gcm"})"), R"({"success":true})");
  EXPECT_EQ(rows("pns_subscriptions"), 0);
  EXPECT_EQ(rows("pns_topics"), 0);
  EXPECT_EQ(put("unsubscribe", R"({"client":"app","token":"t1","transport":"gcm"})"), R"({"success":true})");
}

TEST_F(Pns, TheSessionsClientIsTheDefault) {
  EXPECT_EQ(put("subscribe", R"({"token":"t1","transport":"wns","topics":["*"]})"), R"({"success":true})");
  EXPECT_EQ(put("unsubscribe", R"({"token":"t1","transport":"wns"})"), R"({"success":true})");
  EXPECT_EQ(rows("pns_subscriptions"), 0);
}

TEST_F(Pns, WrongBodiesAreRefusedAndStoreNothing) {
  EXPECT_EQ(put("subscribe", "[]"), "SVL-0028");
  EXPECT_EQ(put("subscribe", R"({"transport":"gcm","topics":["*"]})"), "SVL-0002");
  EXPECT_EQ(put("subscribe", R"({"token":"t","topics":["*"]})"), "SVL-0002");
  EXPECT_EQ(put("subscribe", R"({"token":"t","transport":"gcm"})"), "SVL-0002");
  EXPECT_EQ(put("subscribe", R"({"token":"t","transport":"gcm","topics":[]})"), "SVL-0002");
  EXPECT_EQ(put("subscribe", R"({"token":"t","transport":"pigeon","topics":["*"]})"), "SVL-0010");
  EXPECT_EQ(put("subscribe", R"({"token":5,"transport":"gcm","topics":["*"]})"), "SVL-0010");
  EXPECT_EQ(put("subscribe", R"({"token":"t","transport":"gcm","topics":"*"})"), "SVL-0010");
  EXPECT_EQ(put("subscribe", R"({"token":"t","transport":"gcm","topics":["a b"]})"), "SVL-0010");
  EXPECT_EQ(
      put("subscribe", R"({"token":")" + std::string(256, 't') + R"(","transport":"gcm","topics":["*"]})"),
      "SVL-0010");
  EXPECT_EQ(rows("pns_subscriptions"), 0);
}

TEST_F(Pns, TheKeyIsTheSessionsOwnAndIsHandedOutOnlyWhereClientsSign) {
  EXPECT_EQ(code_of(client.get("pns?action=key")), "SVL-0015");
  api.runtime->push_master = "0123456789012345678901234567890123456789";
  const Json key = client.get("pns?action=key").get("data");
  EXPECT_EQ(key.get("context").as_integer(), 1);
  EXPECT_EQ(key.get("user").as_integer(), 3);
  const auto id = push::parse_key_id(key.get("keyId").as_string());
  ASSERT_TRUE(id);
  EXPECT_EQ(id->handle, push::session_handle(client.session));
  EXPECT_EQ(id->expires * 1'000, key.get("expires").as_integer());
  EXPECT_EQ(
      key.get("key").as_string(),
      to_hex(push::derive_client_key(api.runtime->push_master, 1, 3, key.get("keyId").as_string()).secret));
  ApiClient second = api.user("user1");
  EXPECT_NE(second.get("pns?action=key").get("data").get("keyId").as_string(), key.get("keyId").as_string());
}

}  // namespace
}  // namespace gw::test
