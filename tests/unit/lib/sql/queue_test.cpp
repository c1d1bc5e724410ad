// Queued statements on whatever engine is under test, and what faults do to them.
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "sql/fault/fault_driver.hpp"
#include "sql/scope.hpp"
#include "unit/lib/sql/samples.hpp"

namespace gw::sql {
namespace {

using fault::Point;
using test::kContext;

constexpr std::string_view kInsertAll =
    "INSERT INTO samples (cid,id,name,body,data,amount) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kRead = "SELECT name,body,data,amount FROM samples WHERE cid=? AND id=?";
constexpr std::string_view kRaise = "UPDATE samples SET amount=amount+? WHERE cid=? AND id=?";
constexpr std::string_view kAmount = "SELECT amount FROM samples WHERE cid=? AND id=?";

class QueueTest : public testing::Test {
 protected:
  Pool& pool() {
    if (!pool_)
      pool_.emplace(std::make_unique<fault::FaultDriver>(make_driver(database_.settings.database), plan_),
                    database_.settings.database);
    return *pool_;
  }
  /// Through another pool: what is stored, not what a transaction sees.
  std::int64_t stored() { return test::count_samples(*database_.pool->acquire()); }

  test::SampleDatabase database_;
  std::shared_ptr<fault::Plan> plan_ = std::make_shared<fault::Plan>();
  std::optional<Pool> pool_;
};

TEST_F(QueueTest, EveryByteOfAValueComesBackAsItWentIn) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  std::string text;
  for (int i = 1; i < 128; ++i) text += static_cast<char>(i);
  text += "'; DELETE FROM samples; -- \\' \" ` \\ %_ ? \xC3\xA4 \xF0\x9F\x98\x80 \xE5\xBC\xB5";
  const std::string with_zero("a\0b", 3);
  Scope scope(*database_.pool);
  scope.write([&](Connection& connection) {
    connection.enqueue(kInsertAll, kContext, 1, "a'\\\"b", text, Blob{bytes}, INT64_MIN);
    connection.enqueue(kInsertAll, kContext, 2, nullptr, with_zero, Blob{""}, INT64_MAX);
    connection.enqueue(kInsertAll, kContext, 3, "", std::string(70'000, 'x'), nullptr, nullptr);
  });
  Connection& connection = scope.connection();
  {
    Query row = connection.query(kRead, kContext, 1);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "a'\\\"b");
    EXPECT_EQ(row.text(1), text);
    EXPECT_EQ(row.text(2), bytes);
    EXPECT_EQ(row.integer(3), INT64_MIN);
  }
  {
    Query row = connection.query(kRead, kContext, 2);
    ASSERT_TRUE(row.next());
    EXPECT_TRUE(row.is_null(0));
    EXPECT_EQ(row.text(1), with_zero);
    EXPECT_FALSE(row.is_null(2));
    EXPECT_EQ(row.text(2), "");
    EXPECT_EQ(row.integer(3), INT64_MAX);
  }
  Query row = connection.query(kRead, kContext, 3);
  ASSERT_TRUE(row.next());
  EXPECT_FALSE(row.is_null(0));
  EXPECT_EQ(row.text(1).size(), 70'000U);
  EXPECT_TRUE(row.is_null(3));
}

TEST_F(QueueTest, ManyRowsInTurnAreAllThereAndInOrderWithOtherStatements) {
  Scope scope(*database_.pool);
  // Two texts in turn, and twice a statement that must not be overtaken.
  const auto add = [](Connection& connection, int id) {
    connection.enqueue(kInsertAll, kContext, id, "all", "a,(?)", Blob{"b"}, id);
    connection.enqueue(test::kInsertName, kContext, id + 100, "name", 1);
  };
  scope.write([&](Connection& connection) {
    for (int id = 1; id <= 20; ++id) add(connection, id);
    connection.enqueue(kRaise, 1000, kContext, 3);
    connection.enqueue("DELETE FROM samples WHERE cid=? AND id=?", kContext, 4);
    for (int id = 21; id <= 40; ++id) add(connection, id);
    connection.enqueue(kInsertAll, kContext, 4, "again", nullptr, nullptr, 7);
    connection.enqueue(kRaise, 1000, kContext, 4);
  });
  Connection& connection = scope.connection();
  EXPECT_EQ(test::count_samples(connection), 80);
  for (const auto& [id, amount] :
       {std::pair(2, 2), std::pair(3, 1003), std::pair(4, 1007), std::pair(40, 40)}) {
    Query row = connection.query(kAmount, kContext, id);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), amount);
  }
  // One row of many that cannot be stored takes all of them along.
  const auto twice = [&] {
    scope.write([&](Connection& inner) {
      for (int id = 201; id <= 210; ++id) inner.enqueue(kInsertAll, kContext, id, "x", nullptr, nullptr, 1);
      inner.enqueue(kInsertAll, kContext, 205, "x", nullptr, nullptr, 1);
    });
  };
  EXPECT_THROW(twice(), SqlError);
  EXPECT_EQ(test::count_samples(connection), 80);
}

TEST_F(QueueTest, AReadSeesWhatWasQueuedBeforeIt) {
  Scope scope(*database_.pool);
  scope.write([&](Connection& connection) {
    connection.enqueue(test::kInsertName, kContext, 1, "x", 5);
    connection.enqueue(kRaise, 2, kContext, 1);
    {
      Query row = connection.query_with_queue(kAmount, kContext, 1);
      ASSERT_TRUE(row.next());
      EXPECT_EQ(row.integer(0), 7);
      EXPECT_EQ(row.text(0), "7");
      EXPECT_EQ(row.column_count(), 1);
      EXPECT_FALSE(row.next());
    }
    connection.enqueue(kRaise, 3, kContext, 1);
    {
      Query row = connection.query(kAmount, kContext, 1);
      ASSERT_TRUE(row.next());
      EXPECT_EQ(row.integer(0), 10);
    }
    EXPECT_FALSE(connection.query_with_queue(kAmount, kContext, 99).next());
  });
  EXPECT_EQ(stored(), 1);
}

TEST_F(QueueTest, OutsideATransactionItIsAnOrdinaryStatement) {
  const Lease lease = database_.pool->acquire();
  lease->enqueue(test::kInsertName, kContext, 1, "x", 5);
  EXPECT_EQ(stored(), 1);
  Query row = lease->query_with_queue(kAmount, kContext, 1);
  EXPECT_TRUE(row.next());
}

TEST_F(QueueTest, AFailingStatementStopsWhatFollowsAndTheCommit) {
  Scope scope(*database_.pool);
  try {
    scope.write([&](Connection& connection) {
      connection.enqueue(test::kInsertName, kContext, 1, "x", 5);
      connection.enqueue(test::kInsertName, kContext, 1, "again", 5);
      connection.enqueue(test::kInsertName, kContext, 2, "x", 5);
    });
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Duplicate);
  }
  EXPECT_EQ(stored(), 0);
  scope.write([&](Connection& connection) { connection.enqueue(test::kInsertName, kContext, 3, "x", 5); });
  EXPECT_EQ(stored(), 1);
}

TEST_F(QueueTest, ABodyThatThrowsLeavesNothingQueuedBehind) {
  Scope scope(*database_.pool);
  EXPECT_THROW(scope.write([&](Connection& connection) {
    connection.enqueue(test::kInsertName, kContext, 1, "x", 5);
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  EXPECT_FALSE(scope.connection().in_transaction());
  scope.write([&](Connection& connection) { connection.enqueue(test::kInsertName, kContext, 2, "x", 5); });
  EXPECT_EQ(stored(), 1);
}

TEST_F(QueueTest, TextThatIsNoUtf8IsRefused) {
  Scope scope(*database_.pool);
  EXPECT_THROW(scope.write([&](Connection& connection) {
    connection.enqueue(test::kInsertName, kContext, 1, "\xFF\xFE", 5);
  }),
               SqlError);
  EXPECT_THROW(scope.write([&](Connection& connection) {
    connection.enqueue(kRaise, 1, kContext);  // one value too few
  }),
               SqlError);
  EXPECT_EQ(stored(), 0);
}

TEST_F(QueueTest, MoreThanOnePacketTakesGoesThrough) {
  const std::string body(50'000, 'y');
  Scope scope(*database_.pool);
  scope.write([&](Connection& connection) {
    for (int i = 0; i < 40; ++i) connection.enqueue(kInsertAll, kContext, i, "n", body, nullptr, i);
  });
  EXPECT_EQ(stored(), 40);
}

/// A read, then three statements and COMMIT in one go: the fault hits each of the three in turn.
class FaultAtStatement : public QueueTest, public testing::WithParamInterface<int> {
 protected:
  void write_three(Scope& scope, int& runs) {
    scope.write([&](Connection& connection) {
      ++runs;
      (void)connection.query(kAmount, kContext, 1).next();
      for (int id = 1; id <= 3; ++id) connection.enqueue(test::kInsertName, kContext, id, "x", 0);
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Each, FaultAtStatement, testing::Values(1, 2, 3));

TEST_P(FaultAtStatement, AConflictIsReplayedAsAWhole) {
  plan_->add({.point = Point::Execute, .nth = 1 + GetParam(), .kind = ErrorKind::Conflict});
  Scope scope(pool());
  int runs = 0;
  write_three(scope, runs);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(stored(), 3);
}

TEST_P(FaultAtStatement, AnErrorLeavesNothing) {
  plan_->add({.point = Point::Execute, .nth = 1 + GetParam(), .kind = ErrorKind::Timeout});
  Scope scope(pool());
  int runs = 0;
  EXPECT_THROW(write_three(scope, runs), SqlError);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(stored(), 0);
}

// COMMIT was on its way with them: whether it came to be carried out nobody knows, so nothing is replayed.
TEST_P(FaultAtStatement, AConnectionThatBreaksLeavesAnUnknownOutcome) {
  plan_->add({.point = Point::Execute, .nth = 1 + GetParam(), .breaks_connection = true});
  Scope scope(pool());
  int runs = 0;
  try {
    write_three(scope, runs);
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UnknownOutcome);
  }
  EXPECT_EQ(runs, 1);
  write_three(scope, runs);
  EXPECT_EQ(stored(), 3);
}

// A connection that died while it was idle is met by the first statement.
TEST_F(QueueTest, AConnectionThatWasDeadFromTheStartIsReplayedThoughAllWasQueued) {
  plan_->add({.point = Point::Execute, .breaks_connection = true});
  Scope scope(pool());
  int runs = 0;
  scope.write([&](Connection& connection) {
    ++runs;
    connection.enqueue(test::kInsertName, kContext, 1, "x", 0);
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(stored(), 1);
}

TEST_F(QueueTest, AConnectionThatBreaksBeforeCommitWasSentIsReplayed) {
  plan_->add({.point = Point::Execute, .nth = 2, .breaks_connection = true});
  Scope scope(pool());
  int runs = 0;
  scope.write([&](Connection& connection) {
    ++runs;
    connection.enqueue(test::kInsertName, kContext, 1, "x", 0);
    EXPECT_TRUE(connection.query_with_queue(kAmount, kContext, 1).next());
    connection.enqueue(test::kInsertName, kContext, 2, "x", 0);
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(stored(), 2);
}

}  // namespace
}  // namespace gw::sql
