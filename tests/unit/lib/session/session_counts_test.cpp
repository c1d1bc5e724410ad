#include "session/session_counts.hpp"

#include <gtest/gtest.h>

#include "session/memory_cache.hpp"
#include "session/session_store.hpp"
#include "support/database.hpp"
#include "support/recorded_metrics.hpp"

namespace gw::session {
namespace {

class SessionCountsTest : public testing::Test {
 protected:
  SessionCountsTest() : cache(db.clock), store(db.settings, cache, db.clock), scope(*db.pool) {}

  void create(std::int64_t user, const std::string& client) {
    Session session;
    session.context = ContextId(1);
    session.user = UserId(user);
    session.login_name = "user1";
    session.client = client;
    session.cookie_hash = "H";
    session.address = "192.0.2.1";
    store.create(scope, std::move(session), "secret");
  }

  test::TestDatabase db;
  MemoryCache cache;
  SessionStore store;
  sql::Scope scope;
};

TEST_F(SessionCountsTest, SessionsAreCountedByClientAndAge) {
  test::RecordedMetrics metrics;
  create(3, "web");
  create(4, "web");
  create(3, "phone");
  EXPECT_EQ(metrics.of(Metric::Logins, {"success", "web"}), 2);
  auto counts = count_by_client(scope.connection(), db.settings.session, db.clock.now());
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].client, "web");
  EXPECT_EQ(counts[0].active, 2);
  EXPECT_EQ(counts[0].short_term, 2);
  EXPECT_EQ(counts[0].long_term, 0);
  // Two hours later nobody is active, and all of them live on by their cookies only.
  db.clock.advance(7'200'000);
  counts = count_by_client(scope.connection(), db.settings.session, db.clock.now());
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].active, 0);
  EXPECT_EQ(counts[0].short_term, 0);
  EXPECT_EQ(counts[0].long_term, 2);
}

TEST_F(SessionCountsTest, SmallClientsAreCountedTogether) {
  create(3, "web");
  create(4, "web");
  create(3, "phone");
  create(3, "tablet");
  const auto counts = count_by_client(scope.connection(), db.settings.session, db.clock.now(), 1);
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].client, "web");
  EXPECT_EQ(counts[1].client, "other");
  EXPECT_EQ(counts[1].active, 2);
}

}  // namespace
}  // namespace gw::session
