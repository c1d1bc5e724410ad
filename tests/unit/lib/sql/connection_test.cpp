#include "sql/connection.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "unit/lib/sql/samples.hpp"

namespace gw::sql {
namespace {

using test::kContext;

class ConnectionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = std::make_unique<test::SampleDatabase>(); }
  static void TearDownTestSuite() { database_.reset(); }
  void SetUp() override {
    lease_ = database_->pool->acquire();
    connection().execute("DELETE FROM samples WHERE cid=?", kContext);
  }
  void TearDown() override { lease_.release(); }
  Connection& connection() { return *lease_; }

  std::string body_of(std::int64_t id) {
    Query rows = connection().query("SELECT body FROM samples WHERE cid=? AND id=?", kContext, id);
    return rows.next() && !rows.is_null(0) ? rows.string(0) : "(null)";
  }
  void insert_body(std::int64_t id, const std::optional<std::string>& body) {
    connection().execute("INSERT INTO samples (cid,id,body) VALUES (?,?,?)", kContext, id, body);
  }
  ErrorKind kind_of(const std::function<void()>& call) {
    try {
      call();
    } catch (const SqlError& error) {
      text_ = error.what();
      return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorKind::Other;
  }

  static inline std::unique_ptr<test::SampleDatabase> database_;
  Lease lease_;
  std::string text_;
};

TEST_F(ConnectionTest, NullAndEmptyTextStayApart) {
  insert_body(1, std::nullopt);
  insert_body(2, "");
  insert_body(3, "x");
  Query rows = connection().query("SELECT body FROM samples WHERE cid=? ORDER BY id", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_TRUE(rows.is_null(0));
  EXPECT_EQ(rows.text(0), "");
  EXPECT_EQ(rows.integer(0), 0);
  EXPECT_EQ(rows.optional_string(0), std::nullopt);
  ASSERT_TRUE(rows.next());
  EXPECT_FALSE(rows.is_null(0));
  EXPECT_EQ(rows.optional_string(0), std::optional<std::string>(""));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "x");
  EXPECT_FALSE(rows.next());
  EXPECT_FALSE(rows.next());
}

TEST_F(ConnectionTest, ADefaultStringViewIsEmptyTextAndNotNull) {
  connection().execute("INSERT INTO samples (cid,id,body,data) VALUES (?,?,?,?)", kContext, 1,
                       std::string_view(), Blob{});
  Query rows = connection().query("SELECT body,data FROM samples WHERE cid=?", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_FALSE(rows.is_null(0));
  EXPECT_FALSE(rows.is_null(1));
}

TEST_F(ConnectionTest, IntegersKeepAll64Bits) {
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  connection().execute("INSERT INTO samples (cid,id,amount) VALUES (?,1,?),(?,2,?)", kContext, kLowest,
                       kContext, kHighest);
  Query rows = connection().query("SELECT amount FROM samples WHERE cid=? ORDER BY id", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), kLowest);
  EXPECT_EQ(rows.text(0), "-9223372036854775808");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), kHighest);
}

TEST_F(ConnectionTest, LongAndShortTextsComeBackWholeInAnyOrder) {
  const std::size_t sizes[] = {3, 100, 1'048'576, 5, 20'000, 64, 65, 0, 1'048'577, 1};
  std::int64_t id = 0;
  for (const std::size_t size : sizes) {
    ++id;
    insert_body(id, std::string(size, static_cast<char>('a' + id)));
  }
  for (int round = 0; round < 2; ++round) {
    Query rows = connection().query("SELECT id,body,id FROM samples WHERE cid=? ORDER BY id", kContext);
    for (std::int64_t row = 1; row <= id; ++row) {
      ASSERT_TRUE(rows.next());
      EXPECT_EQ(rows.integer(0), row);
      EXPECT_TRUE(rows.text(1) == std::string(sizes[row - 1], static_cast<char>('a' + row))) << "row " << row;
      EXPECT_EQ(rows.integer(2), row);
    }
  }
}

TEST_F(ConnectionTest, ZeroBytesAndNonAsciiTextAreKept) {
  const std::string text("a\0b\0", 4);
  insert_body(1, text);
  insert_body(2, "Grüße \U0001F600");
  EXPECT_EQ(body_of(1), text);
  EXPECT_EQ(body_of(2), "Grüße \U0001F600");
}

TEST_F(ConnectionTest, BlobsKeepEveryByte) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>(i * 7 % 256);
  connection().execute("INSERT INTO samples (cid,id,data) VALUES (?,1,?)", kContext, Blob{bytes});
  Query rows = connection().query("SELECT data FROM samples WHERE cid=?", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_TRUE(rows.text(0) == bytes);
}

TEST_F(ConnectionTest, BrokenUtf8IsRefusedAsTextAndWritesNothing) {
  EXPECT_EQ(kind_of([&] { insert_body(1, "\xE4\xF6"); }), ErrorKind::Other);
  EXPECT_NE(text_.find("UTF-8"), std::string::npos);
  EXPECT_EQ(test::count_samples(connection()), 0);
  insert_body(1, "fine");
}

TEST_F(ConnectionTest, ASearchForBrokenUtf8FindsNothing) {
  insert_body(1, "fine");
  Query rows = connection().query("SELECT id FROM samples WHERE cid=? AND name=?", kContext, "\xE4\xF6");
  EXPECT_FALSE(rows.next());
}

TEST_F(ConnectionTest, DatesInstantsAndIdsAreBoundAsNumbers) {
  connection().execute(test::kInsertName, kContext, ObjectId(5), nullptr, Millis{1'700'000'000'123});
  connection().execute(test::kInsertName, kContext, ObjectId(6), std::optional<std::string>(), Date{-1});
  Query rows = connection().query("SELECT id,amount FROM samples WHERE cid=? ORDER BY id", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.id<ObjectId>(0), ObjectId(5));
  EXPECT_EQ(rows.millis(1), Millis{1'700'000'000'123});
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(1), -86'400'000);
}

TEST_F(ConnectionTest, RealNumbersAreBound) {
  Query rows = connection().query("SELECT CASE WHEN ?>1.4 THEN 1 ELSE 0 END", Value(1.5));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 1);
}

TEST_F(ConnectionTest, SumsAreReadAsIntegersAndNumbersAsText) {
  connection().execute(test::kInsertName, kContext, 1, "12", 40);
  connection().execute(test::kInsertName, kContext, 2, "x", 2);
  Query rows = connection().query("SELECT SUM(amount),COUNT(*),MAX(name),SUM(NULL) FROM samples WHERE cid=?",
                                  kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 42);
  EXPECT_EQ(rows.text(0), "42");
  EXPECT_EQ(rows.integer(1), 2);
  EXPECT_EQ(rows.optional_integer(3), std::nullopt);
}

TEST_F(ConnectionTest, TemporaryArgumentsMayDieBeforeTheRowsAreRead) {
  for (int i = 1; i <= 50; ++i)
    connection().execute(test::kInsertName, kContext, i, "name that fits no small buffer", i);
  Query rows = [&] {
    const std::string name = std::string("name that fits") + " no small buffer";
    return connection().query("SELECT id FROM samples WHERE cid=? AND name=? ORDER BY id", kContext, name);
  }();
  const std::string other(64, 'z');
  int count = 0;
  while (rows.next()) ++count;
  EXPECT_EQ(count, 50);
}

TEST_F(ConnectionTest, TextComparesByBytes) {
  connection().execute(test::kInsertName, kContext, 1, "Name", 0);
  const auto found = [&](std::string_view sql, std::string_view name) {
    Query rows = connection().query(sql, kContext, name);
    return rows.next();
  };
  EXPECT_TRUE(found("SELECT id FROM samples WHERE cid=? AND name=?", "Name"));
  EXPECT_FALSE(found("SELECT id FROM samples WHERE cid=? AND name=?", "name"));
  EXPECT_TRUE(found("SELECT id FROM samples WHERE cid=? AND name LIKE ?", "Na%"));
  EXPECT_FALSE(found("SELECT id FROM samples WHERE cid=? AND name LIKE ?", "na%"));
}

TEST_F(ConnectionTest, AnUpdateCountsTheRowsItMatched) {
  connection().execute(test::kInsertName, kContext, 1, "same", 5);
  constexpr std::string_view kUpdate = "UPDATE samples SET amount=? WHERE cid=? AND name=?";
  EXPECT_EQ(connection().execute(kUpdate, 5, kContext, "same"), 1);
  EXPECT_EQ(connection().execute(kUpdate, 6, kContext, "same"), 1);
  EXPECT_EQ(connection().execute(kUpdate, 6, kContext, "other"), 0);
}

TEST_F(ConnectionTest, ADuplicateKeyIsToldApartAndItsValueStaysOutOfTheText) {
  connection().execute(test::kInsertName, kContext, 1, "secret name", 0);
  EXPECT_EQ(kind_of([&] { connection().execute(test::kInsertName, kContext, 1, "secret name", 0); }),
            ErrorKind::Duplicate);
  EXPECT_EQ(text_.find("'7-1'"), std::string::npos);
  EXPECT_EQ(text_.find("secret"), std::string::npos);
  EXPECT_EQ(test::count_samples(connection()), 1);
}

TEST_F(ConnectionTest, MysqlRefusesTextThatDoesNotFit) {
  if (connection().engine() == Engine::Sqlite) GTEST_SKIP() << "SQLite has no column lengths";
  EXPECT_EQ(kind_of([&] { connection().execute(test::kInsertName, kContext, 1, std::string(65, 'x'), 0); }),
            ErrorKind::TooLong);
}

TEST_F(ConnectionTest, AnAbandonedQueryLeavesTheConnectionUsable) {
  for (int i = 1; i <= 200; ++i) connection().execute(test::kInsertName, kContext, i, "n", i);
  for (int round = 0; round < 3; ++round) {
    Query rows = connection().query("SELECT id FROM samples WHERE cid=?", kContext);
    ASSERT_TRUE(rows.next());
  }
  connection().begin(TransactionMode::Write);
  connection().execute("DELETE FROM samples WHERE cid=? AND id=?", kContext, 1);
  connection().commit();
  EXPECT_EQ(test::count_samples(connection()), 199);
}

TEST_F(ConnectionTest, DifferentQueriesMayBeReadAtTheSameTime) {
  for (int i = 1; i <= 3; ++i) connection().execute(test::kInsertName, kContext, i, "n", i);
  Query outer = connection().query("SELECT id FROM samples WHERE cid=? ORDER BY id", kContext);
  std::int64_t sum = 0;
  while (outer.next()) {
    Query inner =
        connection().query("SELECT amount FROM samples WHERE cid=? AND id=?", kContext, outer.integer(0));
    ASSERT_TRUE(inner.next());
    sum += inner.integer(0);
  }
  EXPECT_EQ(sum, 6);
}

TEST_F(ConnectionTest, AsksForNoSecondQueryOfTheSameText) {
  constexpr std::string_view kSelect = "SELECT id FROM samples WHERE cid=?";
  const Query first = connection().query(kSelect, kContext);
#ifdef NDEBUG
  EXPECT_THROW((void)connection().query(kSelect, kContext), std::logic_error);
#else
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH((void)connection().query(kSelect, kContext), "still alive");
#endif
}

TEST_F(ConnectionTest, AWrongNumberOfValuesOrWrongSqlIsAnErrorAndTheConnectionGoesOn) {
  EXPECT_EQ(kind_of([&] { (void)connection().query("SELECT ?,?", 1); }), ErrorKind::Other);
  EXPECT_EQ(kind_of([&] { (void)connection().query("SELEKT 1"); }), ErrorKind::Other);
  EXPECT_EQ(kind_of([&] { connection().execute("DELETE FROM no_such_table WHERE cid=?", 1); }),
            ErrorKind::Other);
  EXPECT_FALSE(connection().broken());
  EXPECT_EQ(test::count_samples(connection()), 0);
}

TEST_F(ConnectionTest, RollbackUndoesAndCommitKeeps) {
  connection().begin(TransactionMode::Write);
  EXPECT_TRUE(connection().in_transaction());
  insert_body(1, "a");
  connection().rollback();
  EXPECT_FALSE(connection().in_transaction());
  EXPECT_EQ(test::count_samples(connection()), 0);
  connection().begin(TransactionMode::Write);
  insert_body(1, "a");
  connection().commit();
  EXPECT_FALSE(connection().in_transaction());
  EXPECT_EQ(test::count_samples(connection()), 1);
}

TEST_F(ConnectionTest, ManyStatementTextsStayWithinTheCache) {
  const auto driver = make_driver(database_->settings.database);
  const auto fresh = driver->connect();
  for (int i = 0; i < 600; ++i) {
    Query rows = fresh->query("SELECT " + std::to_string(i));
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), i);
  }
  if (fresh->engine() == Engine::Sqlite) return;
  Query rows = fresh->query(
      "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS "
      "WHERE VARIABLE_NAME IN ('COM_STMT_PREPARE','COM_STMT_CLOSE') ORDER BY VARIABLE_NAME DESC");
  ASSERT_TRUE(rows.next());
  const std::int64_t prepared = rows.integer(0);
  ASSERT_TRUE(rows.next());
  EXPECT_GE(prepared, 600);
  EXPECT_LE(prepared - rows.integer(0), database_->settings.database.statement_cache);
}

}  // namespace
}  // namespace gw::sql
