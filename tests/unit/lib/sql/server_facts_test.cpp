#include "sql/server_facts.hpp"

#include <gtest/gtest.h>

#include "sql/scope.hpp"
#include "support/database.hpp"
#include "support/recorded_metrics.hpp"

namespace gw::sql {
namespace {

TEST(ServerFactsTest, TheServerTellsItsVariablesAndClock) {
  gw::test::TestDatabase db;
  Scope scope(*db.pool);
  const auto variables = read_server_variables(scope.connection());
  if (scope.connection().engine() == Engine::Sqlite) {
    EXPECT_EQ(variables.at("encoding"), "UTF-8");
    EXPECT_FALSE(read_server_time(scope.connection()));
    EXPECT_TRUE(read_galera_status(scope.connection()).empty());
  } else {
    EXPECT_FALSE(variables.at("max_allowed_packet").empty());
    EXPECT_TRUE(read_server_time(scope.connection()));
    // The servers of the tests are no cluster, whatever figures they tell.
    EXPECT_TRUE(read_galera_status(scope.connection()).empty());
  }
}

TEST(ServerFactsTest, ATryToWriteLeavesNothingOpen) {
  gw::test::TestDatabase db;
  Scope scope(*db.pool);
  try_write(scope.connection());
  EXPECT_FALSE(scope.connection().in_transaction());
}

TEST(ServerFactsTest, EveryUseOfAConnectionIsTimed) {
  gw::test::TestDatabase db;
  gw::test::RecordedMetrics metrics;
  {
    Lease lease = db.pool->acquire();
    Lease moved = std::move(lease);
    EXPECT_EQ(metrics.of(Metric::DatabaseUse, {"userdb", "main", "write"}), 0);
  }
  EXPECT_EQ(metrics.of(Metric::DatabaseUse, {"userdb", "main", "write"}), 1);
}

}  // namespace
}  // namespace gw::sql
