#include "model/notifications/subscription_service.hpp"

#include <gtest/gtest.h>

#include "unit/lib/model/sample_context.hpp"

namespace gw::test {
namespace {

namespace notifications = model::notifications;

class Subscriptions : public SampleContext {
 protected:
  Subscriptions() : SampleContext({}) {}

  static notifications::Subscription wanted(const std::string& token, std::vector<std::string> topics,
                                            std::int64_t expires = 0) {
    return {"app", token, "gcm", std::move(topics), {expires}};
  }
  std::vector<std::string> tokens(UserId user) {
    std::vector<std::string> tokens;
    for (const auto& subscription : notifications::list_subscriptions(as(user)))
      tokens.push_back(subscription.token);
    return tokens;
  }
};

TEST_F(Subscriptions, AreKeptPerUserTokenAndClient) {
  notifications::subscribe(as(kAnna), wanted("a", {"ox:mail:new", "ox:calendar:*", "*"}));
  notifications::subscribe(as(kBerta), wanted("a", {"ox:mail:new"}));
  const auto list = notifications::list_subscriptions(as(kAnna));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].client, "app");
  EXPECT_EQ(list[0].transport, "gcm");
  EXPECT_EQ(list[0].topics, (std::vector<std::string>{"*", "ox:calendar:*", "ox:mail:new"}));
  notifications::subscribe(as(kAnna), wanted("a", {"ox:mail:new"}));
  EXPECT_EQ(notifications::list_subscriptions(as(kAnna))[0].topics, std::vector<std::string>{"ox:mail:new"});
  EXPECT_TRUE(notifications::unsubscribe(as(kAnna), wanted("a", {})));
  EXPECT_FALSE(notifications::unsubscribe(as(kAnna), wanted("a", {})));
  EXPECT_EQ(tokens(kBerta), Names{"a"});
}

TEST_F(Subscriptions, TheOldestMakeRoom) {
  for (std::size_t i = 0; i <= notifications::kMostSubscriptions; ++i) {
    database.clock.advance(1);
    notifications::subscribe(as(kAnna), wanted(std::to_string(i), {"*"}));
  }
  const Names left = tokens(kAnna);
  EXPECT_EQ(left.size(), notifications::kMostSubscriptions);
  EXPECT_EQ(left.front(), "1");
}

TEST_F(Subscriptions, ExpiredOnesAreSkippedAndPurged) {
  const std::int64_t now = database.clock.now().value;
  notifications::subscribe(as(kAnna), wanted("old", {"ox:mail:new"}, now + 1'000));
  notifications::subscribe(as(kAnna), wanted("new", {"*"}, now + 5'000));
  notifications::subscribe(as(kAnna), wanted("ever", {"*"}));
  database.clock.advance(1'000);
  EXPECT_EQ(tokens(kAnna), (Names{"new", "ever"}));
  sql::Scope scope(*database.pool);
  EXPECT_EQ(notifications::purge_expired(scope, database.clock.now()), 1);
  EXPECT_EQ(notifications::purge_expired(scope, database.clock.now()), 0);
  sql::Query row = scope.connection().query("SELECT COUNT(*) FROM pns_topics WHERE cid=1");
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 0);
}

TEST_F(Subscriptions, GoWithTheirUser) {
  notifications::subscribe(as(kAnna), wanted("a", {"ox:mail:new"}));
  model::users::delete_user(as(kAdmin), kAnna);
  const sql::Lease lease = database.pool->acquire();
  for (const char* table : {"pns_subscriptions", "pns_topics"}) {
    sql::Query row = lease->query("SELECT COUNT(*) FROM " + std::string(table) + " WHERE cid=1");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), 0) << table;
  }
}

}  // namespace
}  // namespace gw::test
