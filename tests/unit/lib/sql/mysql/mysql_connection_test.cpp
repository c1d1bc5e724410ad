#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "core/error.hpp"
#include "sql/mysql/mysql_error.hpp"
#include "sql/mysql/mysql_literal.hpp"
#include "unit/lib/sql/samples.hpp"

namespace gw::sql::mysql {
namespace {

using sql::test::kContext;

class MysqlConnectionTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("GW_TEST_MYSQL") == nullptr) GTEST_SKIP() << "GW_TEST_MYSQL names no server";
    database_ = std::make_unique<sql::test::SampleDatabase>();
  }
  static std::int64_t number(Connection& connection, std::string_view sql) {
    Query rows = connection.query(sql);
    return rows.next() ? rows.integer(0) : -1;
  }
  static std::string text(Connection& connection, std::string_view sql) {
    Query rows = connection.query(sql);
    return rows.next() ? rows.string(0) : "";
  }
  void kill(Connection& victim) {
    const Lease other = database_->pool->acquire();
    other->run_script(fmt::format("KILL {};", number(victim, "SELECT CONNECTION_ID()")));
  }
  std::unique_ptr<sql::test::SampleDatabase> database_;
};

TEST_F(MysqlConnectionTest, SetsTheSessionUp) {
  const Lease lease = database_->pool->acquire();
  EXPECT_EQ(text(*lease, "SELECT @@time_zone"), "+00:00");
  EXPECT_EQ(text(*lease, "SELECT @@character_set_client"), "utf8mb4");
  EXPECT_EQ(text(*lease, "SELECT @@tx_isolation"), "REPEATABLE-READ");
  EXPECT_NE(text(*lease, "SELECT @@sql_mode").find("STRICT_TRANS_TABLES"), std::string::npos);
  EXPECT_EQ(text(*lease, "SELECT 'a'||'b'"), "ab");
}

TEST_F(MysqlConnectionTest, AKilledConnectionIsUnavailableAndReplaced) {
  Scope scope(*database_->pool);
  kill(scope.connection());
  try {
    (void)scope.connection().query("SELECT 1");
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
  }
  EXPECT_TRUE(scope.connection().ping());
}

TEST_F(MysqlConnectionTest, ALockingReadThatMetALockCanBeRunAgainAtOnce) {
  constexpr std::string_view kLockRow = "SELECT id FROM lock_sample WHERE id=1 FOR UPDATE NOWAIT";
  constexpr std::string_view kMakeTable =
      "CREATE TABLE lock_sample (id INT PRIMARY KEY);\nINSERT INTO lock_sample VALUES (1);\n";
  const Lease holder = database_->pool->acquire();
  const Lease other = database_->pool->acquire();
  const auto refusal = [&]() -> std::optional<ErrorKind> {
    try {
      (void)number(*other, kLockRow);
    } catch (const SqlError& error) {
      return error.kind();
    }
    return std::nullopt;
  };
  const auto meet_a_lock = [&] {
    holder->begin(TransactionMode::Write);
    ASSERT_EQ(number(*holder, kLockRow), 1);
    other->begin(TransactionMode::Write);
    EXPECT_EQ(refusal(), ErrorKind::Conflict);
    other->rollback();
    holder->rollback();
  };
  holder->run_script(kMakeTable);
  meet_a_lock();
  other->begin(TransactionMode::Write);
  EXPECT_EQ(number(*other, kLockRow), 1);
  EXPECT_FALSE(other->broken());
  other->rollback();
  // Nor is it spoiled for good when it cannot be prepared anew.
  meet_a_lock();
  holder->run_script("DROP TABLE lock_sample;\n");
  EXPECT_EQ(refusal(), ErrorKind::Other);
  holder->run_script(kMakeTable);
  EXPECT_EQ(number(*other, kLockRow), 1);
}

TEST_F(MysqlConnectionTest, AConnectionKilledInTheMiddleOfAWriteIsReplayedOnce) {
  Scope scope(*database_->pool);
  int runs = 0;
  scope.write([&](Connection& connection) {
    connection.execute(sql::test::kInsertName, kContext, 1, "x", 0);
    if (++runs == 1) kill(connection);
    connection.execute(sql::test::kInsertName, kContext, 2, "x", 0);
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(sql::test::count_samples(scope.connection()), 2);
}

TEST_F(MysqlConnectionTest, AConnectionThatIsGoneAtCommitHasAnUnknownOutcome) {
  Scope scope(*database_->pool);
  int runs = 0;
  try {
    scope.write([&](Connection& connection) {
      ++runs;
      connection.execute(sql::test::kInsertName, kContext, 1, "x", 0);
      kill(connection);
    });
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UnknownOutcome);
  }
  EXPECT_EQ(runs, 1);
}

TEST_F(MysqlConnectionTest, OnlyTheQueueMaySendSeveralStatements) {
  const Lease lease = database_->pool->acquire();
  const std::string two =
      "INSERT INTO samples (cid,id) VALUES (7,1); INSERT INTO samples (cid,id) VALUES (7,2)";
  EXPECT_THROW(lease->execute(two), SqlError);
  EXPECT_THROW((void)lease->query("SELECT 1; SELECT 2"), SqlError);
  EXPECT_THROW(lease->run_script(two), SqlError);
  lease->begin(TransactionMode::Write);
  for (const std::string& text :
       {two, std::string("DELETE FROM samples WHERE name='x'"), std::string("DELETE FROM samples -- all"),
        std::string("DELETE FROM samples /* all */"), std::string("DELETE FROM samples # all"),
        std::string("DELETE FROM `samples`")}) {
    EXPECT_THROW(lease->enqueue(text), std::logic_error) << text;
    EXPECT_THROW((void)lease->query_with_queue(text), std::logic_error) << text;
  }
  lease->rollback();
  EXPECT_EQ(sql::test::count_samples(*lease), 0);
}

TEST_F(MysqlConnectionTest, ATransactionThatDidNothingSendsNothing) {
  const Lease lease = database_->pool->acquire();
  const std::string_view kQuestions = "SHOW SESSION STATUS LIKE 'Questions'";
  const auto questions = [&] {
    Query row = lease->query(kQuestions);
    return row.next() ? row.integer(1) : -1;
  };
  questions();
  const std::int64_t before = questions();
  lease->begin(TransactionMode::Write);
  lease->rollback();
  lease->begin(TransactionMode::Write);
  lease->commit();
  EXPECT_EQ(questions(), before + 1);
}

TEST_F(MysqlConnectionTest, ASlowQueueIsLoggedWithoutItsValues) {
  DatabaseSettings settings = database_->settings.database;
  settings.log_slow = Milliseconds(1);
  const sql::test::RecordedLog log;
  const auto connection = make_driver(settings)->connect();
  connection->begin(TransactionMode::Write);
  connection->enqueue("UPDATE samples SET name=? WHERE cid=? AND SLEEP(?)=0", "secret", kContext, 0.01);
  connection->enqueue("INSERT INTO samples (cid,id,name,amount) VALUES (?,?,?,SLEEP(?))", kContext, 1,
                      "secret", 0.01);
  connection->commit();
  const auto lines = log.lines("GW0100");
  // COMMIT has a line of its own when the disk is slow.
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const std::string& line) {
                            return line.find("START TRANSACTION; UPDATE samples SET name=?") != line.npos;
                          }),
            1);
  for (const std::string& line : lines) EXPECT_EQ(line.find("secret"), std::string::npos) << line;
}

TEST_F(MysqlConnectionTest, APoolNoticesAnIdleConnectionThatTheServerClosed) {
  const Lease killer = database_->pool->acquire();
  std::int64_t id = 0;
  {
    const Lease idle = database_->pool->acquire();
    id = number(*idle, "SELECT CONNECTION_ID()");
  }
  killer->run_script(fmt::format("KILL {};", id));
  while (number(*killer, fmt::format("SELECT COUNT(*) FROM information_schema.processlist WHERE id={}", id)) >
         0) {
  }
  const Lease lease = database_->pool->acquire();
  EXPECT_NE(number(*lease, "SELECT CONNECTION_ID()"), id);
}

TEST_F(MysqlConnectionTest, EndsAStatementThatTakesTooLong) {
  DatabaseSettings settings = database_->settings.database;
  settings.statement_timeout = Milliseconds(100);
  const auto driver = make_driver(settings);
  const auto connection = driver->connect();
  try {
    (void)connection->query(
        "SELECT COUNT(*) FROM information_schema.columns a,information_schema.columns b,"
        "information_schema.columns c WHERE a.column_name<>b.column_type");
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Timeout);
  }
  EXPECT_FALSE(connection->broken());
  EXPECT_EQ(number(*connection, "SELECT 1"), 1);
}

TEST_F(MysqlConnectionTest, AWrongPasswordIsUnavailableAndNamesNoSecret) {
  DatabaseSettings settings = database_->settings.database;
  const std::size_t account = settings.url.find("://") + 3;
  settings.url = "mysql://nobody:hunter2" + settings.url.substr(settings.url.find('@', account));
  try {
    make_driver(settings)->connect();
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
    EXPECT_EQ(error.native(), 1045);
    EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos);
  }
}

TEST(MysqlConnection, AServerThatIsNotThereIsUnavailable) {
  DatabaseSettings settings;
  settings.url = "mysql://gw:secret@localhost/gw?socket=/nonexistent/db.sock";
  try {
    make_driver(settings)->connect();
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
    EXPECT_EQ(error.native(), 2002);
  }
}

TEST(MysqlError, SortsNumbersIntoKinds) {
  const std::pair<unsigned, ErrorKind> cases[] = {
      {1213, ErrorKind::Conflict},    {1205, ErrorKind::Conflict},    {1047, ErrorKind::Conflict},
      {3101, ErrorKind::Conflict},    {1020, ErrorKind::Conflict},    {2002, ErrorKind::Unavailable},
      {2003, ErrorKind::Unavailable}, {2006, ErrorKind::Unavailable}, {2013, ErrorKind::Unavailable},
      {1040, ErrorKind::Unavailable}, {1053, ErrorKind::Unavailable}, {1927, ErrorKind::Unavailable},
      {4031, ErrorKind::Unavailable}, {1062, ErrorKind::Duplicate},   {1406, ErrorKind::TooLong},
      {1969, ErrorKind::Timeout},     {3024, ErrorKind::Timeout},     {1028, ErrorKind::Timeout},
      {1064, ErrorKind::Other},
  };
  for (const auto& [code, kind] : cases) EXPECT_EQ(error_kind(code, "HY000"), kind) << code;
  EXPECT_EQ(error_kind(9999, "40001"), ErrorKind::Conflict);
}

TEST(MysqlError, KnowsWhichErrorsEndTheConnection) {
  for (const unsigned code : {2006U, 2013U, 2014U, 2027U, 1053U, 1927U, 4031U})
    EXPECT_TRUE(breaks_connection(code)) << code;
  for (const unsigned code : {1213U, 1205U, 1062U, 1047U, 1969U, 2030U, 2051U})
    EXPECT_FALSE(breaks_connection(code)) << code;
}

TEST(MysqlError, LeavesValuesOutOfTheText) {
  const SqlError error =
      make_error(1062, "23000", "Duplicate entry '1-secret for you' for key 'users_login'", "running");
  EXPECT_EQ(std::string(error.what()), "MySQL, running: for key 'users_login' (error 1062)");
}

}  // namespace
}  // namespace gw::sql::mysql
