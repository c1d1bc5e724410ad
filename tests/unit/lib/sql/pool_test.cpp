#include "sql/pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/error.hpp"
#include "sql/fault/fault_driver.hpp"
#include "unit/lib/sql/samples.hpp"

namespace gw::sql {
namespace {

using fault::Fault;
using fault::Point;

class PoolTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = std::make_unique<test::SampleDatabase>(); }
  static void TearDownTestSuite() { database_.reset(); }
  void SetUp() override {
    settings_ = database_->settings.database;
    settings_.pool_size = 2;
    settings_.pool_wait = Milliseconds(40);
  }
  Pool& pool() {
    if (!pool_) {
      pool_.emplace(std::make_unique<fault::FaultDriver>(make_driver(settings_), plan_), settings_);
    }
    return *pool_;
  }
  static bool works(const Lease& lease) {
    Query rows = lease->query("SELECT 1");
    return rows.next();
  }

  static inline std::unique_ptr<test::SampleDatabase> database_;
  DatabaseSettings settings_;
  std::shared_ptr<fault::Plan> plan_ = std::make_shared<fault::Plan>();
  std::optional<Pool> pool_;
  test::RecordedLog log_;
};

TEST_F(PoolTest, OpensNothingBeforeItIsAsked) {
  EXPECT_EQ(pool().status().open, 0);
  EXPECT_EQ(plan_->calls(Point::Connect), 0);
}

TEST_F(PoolTest, UsesTheConnectionAgainThatCameBackLast) {
  Lease first = pool().acquire();
  Lease second = pool().acquire();
  const Connection* last = &*first;
  second.release();
  first.release();
  EXPECT_EQ(&*pool().acquire(), last);
  EXPECT_EQ(plan_->calls(Point::Connect), 2);
  EXPECT_EQ(pool().status().idle, 2);
}

TEST_F(PoolTest, RefusesAfterWaitingWhenAllAreBusyAndLogsOnce) {
  Lease first = pool().acquire();
  const Lease second = pool().acquire();
  EXPECT_THROW(pool().acquire(), Unavailable);
  EXPECT_THROW(pool().acquire(), Unavailable);
  EXPECT_EQ(pool().status().waits_timed_out, 2);
  EXPECT_EQ(pool().status().waiting, 0);
  EXPECT_EQ(log_.lines("GW0103").size(), 1U);
  first.release();
  EXPECT_TRUE(works(pool().acquire()));
}

TEST_F(PoolTest, HandsAFreedConnectionToAWaiter) {
  settings_.pool_wait = Seconds(30);
  Lease first = pool().acquire();
  const Lease second = pool().acquire();
  std::jthread waiter([&] { EXPECT_TRUE(works(pool().acquire())); });
  while (pool().status().waiting == 0) std::this_thread::yield();
  first.release();
  waiter.join();
  EXPECT_EQ(plan_->calls(Point::Connect), 2);
}

TEST_F(PoolTest, ManyThreadsNeverExceedTheLimit) {
  settings_.pool_wait = Seconds(30);
  pool();
  std::atomic<int> out = 0;
  std::atomic<int> most = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 50; ++round) {
          const Lease lease = pool().acquire();
          const int now = ++out;
          int seen = most.load();
          while (now > seen && !most.compare_exchange_weak(seen, now)) {
          }
          EXPECT_TRUE(works(lease));
          --out;
        }
      });
    }
  }
  EXPECT_LE(most, 2);
  EXPECT_EQ(pool().status().open, pool().status().idle);
}

TEST_F(PoolTest, DropsABrokenConnection) {
  plan_->add({.point = Point::Execute, .breaks_connection = true});
  {
    const Lease lease = pool().acquire();
    EXPECT_THROW((void)lease->query("SELECT 1"), SqlError);
  }
  EXPECT_EQ(pool().status().open, 0);
  EXPECT_TRUE(works(pool().acquire()));
}

TEST_F(PoolTest, TestsIdleConnectionsAfterOneOfThemBroke) {
  Lease first = pool().acquire();
  Lease second = pool().acquire();
  first.release();
  second.release();
  plan_->break_connections();
  {
    const Lease lease = pool().acquire();
    EXPECT_THROW((void)lease->query("SELECT 1"), SqlError);
  }
  EXPECT_TRUE(works(pool().acquire()));
  EXPECT_EQ(pool().status().open, 1);
}

TEST_F(PoolTest, RollsBackWhatALeaseLeftOpen) {
  {
    const Lease lease = pool().acquire();
    lease->begin(TransactionMode::Write);
    lease->execute(test::kInsertName, test::kContext, 900, "left", 0);
  }
  const Lease lease = pool().acquire();
  EXPECT_FALSE(lease->in_transaction());
  EXPECT_EQ(test::count_samples(*lease), 0);
}

TEST_F(PoolTest, FailsFastDuringAnOutageAndLogsItsStartAndEndOnce) {
  plan_->add({.point = Point::Connect, .times = 1});
  EXPECT_THROW(pool().acquire(), Unavailable);
  for (int i = 0; i < 5; ++i) EXPECT_THROW(pool().acquire(), Unavailable);
  EXPECT_EQ(plan_->calls(Point::Connect), 1) << "only one caller a second may try";
  EXPECT_EQ(pool().status().connects_failed, 1);
  EXPECT_EQ(log_.lines("GW0102").size(), 1U);
  const auto deadline = std::chrono::steady_clock::now() + Seconds(10);
  bool is_back = false;
  while (!is_back && std::chrono::steady_clock::now() < deadline) {
    try {
      is_back = works(pool().acquire());
    } catch (const Unavailable&) {
      std::this_thread::yield();
    }
  }
  EXPECT_TRUE(is_back);
  EXPECT_EQ(log_.lines("GW0101").size(), 1U);
  EXPECT_EQ(plan_->calls(Point::Connect), 2);
}

TEST_F(PoolTest, WaitsForAWorkingConnectionWhenNoFurtherOneCanBeMade) {
  settings_.pool_wait = Seconds(30);
  Lease first = pool().acquire();
  plan_->add({.point = Point::Connect, .times = 100});
  std::jthread waiter([&] { EXPECT_TRUE(works(pool().acquire())); });
  while (pool().status().waiting == 0) std::this_thread::yield();
  first.release();
  waiter.join();
}

TEST_F(PoolTest, ClosesWhatIsIdleTooLong) {
  settings_.pool_idle = Seconds(100);
  Lease first = pool().acquire();
  Lease second = pool().acquire();
  first.release();
  pool().purge_idle();
  EXPECT_EQ(pool().status().open, 2);
  settings_.pool_idle = Seconds(0);
  pool().purge_idle();
  EXPECT_EQ(pool().status().open, 1);
  second.release();
  pool().purge_idle();
  EXPECT_EQ(pool().status().open, 0);
  EXPECT_TRUE(works(pool().acquire()));
}

TEST_F(PoolTest, ANewGenerationReplacesEveryConnection) {
  Lease out = pool().acquire();
  { const Lease idle = pool().acquire(); }
  pool().new_generation();
  EXPECT_EQ(pool().status().open, 1);
  out.release();
  EXPECT_EQ(pool().status().open, 0);
  EXPECT_TRUE(works(pool().acquire()));
  EXPECT_EQ(plan_->calls(Point::Connect), 3);
}

TEST_F(PoolTest, LogsSlowStatementsWithoutTheirValues) {
  settings_.log_slow = Milliseconds(1);
  const Lease lease = pool().acquire();
  const std::string slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<" +
                           std::string(lease->engine() == Engine::Sqlite ? "100000" : "900") +
                           ") SELECT COUNT(*)" + (lease->engine() == Engine::Sqlite ? "" : "+SLEEP(0.01)") +
                           " FROM n WHERE ?<>'value'";
  {
    Query rows = lease->query(slow, "hidden");
    rows.next();
  }
  ASSERT_EQ(log_.lines("GW0100").size(), 1U);
  EXPECT_NE(log_.lines("GW0100")[0].find("WITH RECURSIVE"), std::string::npos);
  EXPECT_EQ(log_.lines("GW0100")[0].find("hidden"), std::string::npos);
}

}  // namespace
}  // namespace gw::sql
