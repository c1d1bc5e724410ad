#include "sql/scope.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <stdexcept>
#include <thread>

#include "core/error.hpp"
#include "sql/fault/fault_driver.hpp"
#include "unit/lib/sql/samples.hpp"

namespace gw::sql {
namespace {

using fault::Fault;
using fault::Point;
using test::kContext;

constexpr std::string_view kAdd = "UPDATE samples SET amount=amount+1 WHERE cid=? AND id=?";

class ScopeTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = std::make_unique<test::SampleDatabase>(); }
  static void TearDownTestSuite() { database_.reset(); }
  void SetUp() override {
    settings_ = database_->settings.database;
    const Lease lease = database_->pool->acquire();
    lease->execute("DELETE FROM samples WHERE cid=?", kContext);
    lease->execute(test::kInsertName, kContext, 1, "one", 0);
    lease->execute(test::kInsertName, kContext, 2, "two", 0);
  }
  Pool& pool() {
    if (!pool_) pool_.emplace(std::make_unique<fault::FaultDriver>(make_driver(settings_), plan_), settings_);
    return *pool_;
  }
  /// Through another pool, so that nothing of the scope under test is touched.
  std::int64_t amount(int id) {
    const Lease lease = database_->pool->acquire();
    Query rows = lease->query("SELECT amount FROM samples WHERE cid=? AND id=?", kContext, id);
    return rows.next() ? rows.integer(0) : -1;
  }
  void add(Connection& connection) {
    ++runs_;
    connection.execute(kAdd, kContext, 1);
  }
  std::function<void(Connection&)> adding() {
    return [this](Connection& connection) { add(connection); };
  }

  static inline std::unique_ptr<test::SampleDatabase> database_;
  DatabaseSettings settings_;
  std::shared_ptr<fault::Plan> plan_ = std::make_shared<fault::Plan>();
  std::optional<Pool> pool_;
  int runs_ = 0;
};

TEST_F(ScopeTest, TakesNoConnectionBeforeItsFirstUseAndGivesItBack) {
  Scope scope(pool());
  EXPECT_EQ(pool().status().open, 0);
  scope.connection();
  EXPECT_EQ(pool().status().idle, 0);
  scope.release();
  EXPECT_EQ(pool().status().idle, 1);
}

TEST_F(ScopeTest, CommitsWhatTheBodyWrote) {
  Scope scope(pool());
  scope.write(adding());
  EXPECT_EQ(amount(1), 1);
  EXPECT_FALSE(scope.connection().in_transaction());
}

TEST_F(ScopeTest, RollsBackWhenTheBodyThrowsAndCanBeUsedOn) {
  Scope scope(pool());
  EXPECT_THROW(scope.write([&](Connection& connection) {
    add(connection);
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  EXPECT_EQ(amount(1), 0);
  scope.write(adding());
  EXPECT_EQ(amount(1), 1);
}

TEST_F(ScopeTest, ReplaysTheWholeBodyAfterAConflictAnywhere) {
  for (const Point point : {Point::Begin, Point::Execute, Point::CommitBefore}) {
    plan_->add({.point = point, .times = 3, .kind = ErrorKind::Conflict});
    const std::int64_t before = amount(1);
    Scope scope(pool());
    scope.write(adding());
    EXPECT_EQ(amount(1), before + 1);
  }
}

TEST_F(ScopeTest, GivesUpAfterTwelveReplays) {
  plan_->add({.point = Point::CommitBefore, .times = 100, .kind = ErrorKind::Conflict});
  Scope scope(pool());
  try {
    scope.write(adding());
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Conflict);
  }
  EXPECT_EQ(runs_, 13);
  EXPECT_EQ(amount(1), 0);
}

TEST_F(ScopeTest, ReplaysOnceOnAFreshConnectionWhenOneBreaksBeforeCommit) {
  Scope scope(pool());
  scope.connection();
  plan_->break_connections();
  scope.write(adding());
  EXPECT_EQ(amount(1), 1);
  plan_->add({.point = Point::Execute, .breaks_connection = true});
  scope.write(adding());
  EXPECT_EQ(amount(1), 2);
}

TEST_F(ScopeTest, ASecondBrokenConnectionIsUnavailable) {
  plan_->add({.point = Point::Execute, .times = 2, .breaks_connection = true});
  Scope scope(pool());
  EXPECT_THROW(scope.write(adding()), Unavailable);
  EXPECT_EQ(runs_, 2);
  EXPECT_EQ(amount(1), 0);
}

TEST_F(ScopeTest, NeverReplaysACommitWhoseOutcomeIsUnknown) {
  for (const bool committed : {false, true}) {
    runs_ = 0;
    const std::int64_t before = amount(1);
    plan_->add({.point = committed ? Point::CommitAfter : Point::CommitBefore, .breaks_connection = true});
    Scope scope(pool());
    try {
      scope.write(adding());
      FAIL();
    } catch (const SqlError& error) {
      EXPECT_EQ(error.kind(), ErrorKind::UnknownOutcome);
    }
    EXPECT_EQ(runs_, 1);
    EXPECT_EQ(amount(1), before + (committed ? 1 : 0));
    scope.write(adding());
    EXPECT_EQ(amount(1), before + (committed ? 2 : 1));
  }
}

TEST_F(ScopeTest, ADatabaseThatIsDownIsUnavailableAndComesBack) {
  plan_->add({.point = Point::Connect});
  Scope scope(pool());
  EXPECT_THROW(scope.write(adding()), Unavailable);
  EXPECT_THROW(scope.connection(), Unavailable);
  EXPECT_EQ(runs_, 0);
}

TEST_F(ScopeTest, AReadAfterABrokenConnectionGetsANewOne) {
  Scope scope(pool());
  plan_->add({.point = Point::Execute, .breaks_connection = true});
  EXPECT_THROW((void)scope.connection().query("SELECT 1"), SqlError);
  Query rows = scope.connection().query("SELECT 1");
  EXPECT_TRUE(rows.next());
}

TEST_F(ScopeTest, TheConnectionInsideAWriteIsTheTransactionsOwn) {
  Scope scope(pool());
  scope.write([&](Connection& connection) { EXPECT_EQ(&scope.connection(), &connection); });
}

TEST_F(ScopeTest, ABrokenTransactionNeverGoesOnOnAnotherConnection) {
  Scope scope(pool());
  plan_->add({.point = Point::Execute, .times = 2, .breaks_connection = true});
  EXPECT_THROW(scope.write([&](Connection& connection) {
    try {
      connection.execute(kAdd, kContext, 1);
    } catch (const SqlError&) {
    }
    scope.connection().execute(kAdd, kContext, 1);
  }),
               Unavailable);
  EXPECT_EQ(amount(1), 0);
}

TEST_F(ScopeTest, ANestedWriteIsAProgrammingError) {
  Scope scope(pool());
  const auto nested = [&] { scope.write([&](Connection&) { scope.write(adding()); }); };
#ifdef NDEBUG
  EXPECT_THROW(nested(), std::logic_error);
#else
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(nested(), "nested");
#endif
}

TEST_F(ScopeTest, ASnapshotSeesOneState) {
  Scope scope(pool());
  Scope other(*database_->pool);
  scope.snapshot([&](Connection& connection) {
    other.write([&](Connection& writing) { writing.execute(kAdd, kContext, 1); });
    Query rows = connection.query("SELECT amount FROM samples WHERE cid=? AND id=1", kContext);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), 0);
  });
  Query rows = scope.connection().query("SELECT amount FROM samples WHERE cid=? AND id=1", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 1);
}

TEST_F(ScopeTest, ASnapshotInsideAWriteSeesWhatWasWritten) {
  Scope scope(pool());
  scope.write([&](Connection& connection) {
    add(connection);
    scope.snapshot([&](Connection& reading) {
      Query rows = reading.query("SELECT amount FROM samples WHERE cid=? AND id=1", kContext);
      ASSERT_TRUE(rows.next());
      EXPECT_EQ(rows.integer(0), 1);
    });
  });
  EXPECT_EQ(amount(1), 1);
}

TEST_F(ScopeTest, ASnapshotThatMeetsADeadConnectionStartsOnAFreshOne) {
  Scope scope(pool());
  scope.connection();
  plan_->break_connections();
  int runs = 0;
  scope.snapshot([&](Connection&) { ++runs; });
  EXPECT_EQ(runs, 1);
}

TEST_F(ScopeTest, ManyWritersLoseNothing) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 25;
  pool();  // before the threads, which share it
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
          Scope scope(pool());
          scope.write([](Connection& connection) {
            std::int64_t value = 0;
            {
              const std::string select =
                  "SELECT amount FROM samples WHERE cid=? AND id=1" +
                  std::string(connection.engine() == Engine::Mysql ? " FOR UPDATE" : "");
              Query rows = connection.query(select, kContext);
              rows.next();
              value = rows.integer(0);
            }
            connection.execute("UPDATE samples SET amount=? WHERE cid=? AND id=1", value + 1, kContext);
          });
        }
      });
    }
  }
  EXPECT_EQ(amount(1), kThreads * kRounds);
}

TEST_F(ScopeTest, TwoThreadsThatDeadlockBothSucceed) {
  if (pool().engine() == Engine::Sqlite) GTEST_SKIP() << "BEGIN IMMEDIATE lets no two writers meet";
  std::barrier both(2);
  std::atomic<int> runs = 0;
  const auto cross = [&](int first, int second) {
    bool is_first_run = true;
    Scope scope(pool());
    scope.write([&](Connection& connection) {
      ++runs;
      connection.execute(kAdd, kContext, first);
      if (std::exchange(is_first_run, false)) both.arrive_and_wait();
      connection.execute(kAdd, kContext, second);
    });
  };
  {
    const std::jthread one(cross, 1, 2);
    const std::jthread other(cross, 2, 1);
  }
  EXPECT_EQ(amount(1), 2);
  EXPECT_EQ(amount(2), 2);
  EXPECT_GE(runs, 3) << "no deadlock happened";
}

TEST_F(ScopeTest, WaitsForAnotherProcessesLockAndReplays) {
  // MySQL counts lock waits in whole seconds and is given half of the statement's time for them.
  settings_.statement_timeout = Milliseconds(database_->pool->engine() == Engine::Sqlite ? 100 : 3'000);
  pool();
  const Lease holder = database_->pool->acquire();
  holder->begin(TransactionMode::Write);
  holder->execute(kAdd, kContext, 1);
  std::jthread writer([&] {
    Scope scope(pool());
    scope.write(adding());
  });
  while (plan_->calls(Point::Rollback) == 0) std::this_thread::yield();
  holder->commit();
  writer.join();
  EXPECT_EQ(amount(1), 2);
}

}  // namespace
}  // namespace gw::sql
