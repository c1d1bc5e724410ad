#include "sql/sqlite/sqlite_connection.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "core/random.hpp"
#include "sql/driver.hpp"
#include "sql/sqlite/sqlite_error.hpp"
#include "watched_log.hpp"

namespace gw::sql::sqlite {
namespace {

class SqliteConnectionTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("gwsqlite." + random_hex(6));
    std::filesystem::create_directory(folder_);
    settings_.url = "sqlite:" + file();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string file() const { return (folder_ / "x.db").string(); }
  SqlError connect_error() {
    try {
      make_driver(settings_)->connect();
    } catch (const SqlError& error) {
      return error;
    }
    ADD_FAILURE() << "it connected";
    return {ErrorKind::Other, 0, ""};
  }
  static std::string pragma(Connection& connection, const std::string& name) {
    Query rows = connection.query("PRAGMA " + name);
    return rows.next() ? rows.string(0) : "";
  }

  std::filesystem::path folder_;
  DatabaseSettings settings_;
  std::unique_ptr<Driver> driver_;
};

TEST_F(SqliteConnectionTest, IsPrivate) {
  driver_ = make_driver(settings_);
  const auto connection = driver_->connect();
  EXPECT_EQ(pragma(*connection, "journal_mode"), "wal");
  // 1: nothing less, or the file could be damaged at power loss. That commits are durable is tested below.
  EXPECT_EQ(pragma(*connection, "synchronous"), "1");
  connection->run_script("CREATE TABLE t (x);");
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat status {};
    ASSERT_EQ(stat((file() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777 & ~0640U, 0U) << suffix;
  }
}

TEST_F(SqliteConnectionTest, NamesAMissingFolder) {
  settings_.url = "sqlite:" + (folder_ / "missing" / "x.db").string();
  const SqlError error = connect_error();
  EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
  EXPECT_NE(std::string(error.what()).find((folder_ / "missing").string() + " does not exist"),
            std::string::npos)
      << error.what();
}

TEST_F(SqliteConnectionTest, NamesAFileThatIsNoDatabase) {
  std::ofstream(file()) << std::string(8'192, 'x');
  const SqlError error = connect_error();
  EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
  EXPECT_NE(std::string(error.what()).find(file() + " is not an SQLite database"), std::string::npos)
      << error.what();
}

TEST_F(SqliteConnectionTest, NamesAFolderInPlaceOfTheFile) {
  std::filesystem::create_directory(file());
  const SqlError error = connect_error();
  EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
  EXPECT_NE(std::string(error.what()).find("no regular file"), std::string::npos) << error.what();
}

TEST_F(SqliteConnectionTest, ManyMayOpenANewFileAtOnce) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      // A driver each, as separate processes have.
      const auto own = make_driver(settings_);
      const auto connection = own->connect();
      connection->run_script("CREATE TABLE IF NOT EXISTS t (x);");
      connection->execute("INSERT INTO t (x) VALUES (?)", 1);
    });
  }
  threads.clear();
  driver_ = make_driver(settings_);
  const auto connection = driver_->connect();
  Query rows = connection->query("SELECT COUNT(*) FROM t");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 8);
}

TEST_F(SqliteConnectionTest, EndsAStatementThatTakesTooLong) {
  settings_.statement_timeout = Milliseconds(20);
  driver_ = make_driver(settings_);
  const auto connection = driver_->connect();
  try {
    Query rows = connection->query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT MAX(i) FROM n");
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Timeout);
  }
  EXPECT_FALSE(connection->broken());
  Query rows = connection->query("SELECT 1");
  EXPECT_TRUE(rows.next());
}

TEST_F(SqliteConnectionTest, ALockHeldTooLongIsAConflict) {
  settings_.statement_timeout = Milliseconds(30);
  driver_ = make_driver(settings_);
  const auto other_process = make_driver(settings_);
  const auto holder = driver_->connect();
  holder->begin(TransactionMode::Write);
  for (Driver* driver : {driver_.get(), other_process.get()}) {
    const auto waiter = driver->connect();
    try {
      waiter->begin(TransactionMode::Write);
      ADD_FAILURE() << "it got the lock";
    } catch (const SqlError& error) {
      EXPECT_EQ(error.kind(), ErrorKind::Conflict);
    }
    EXPECT_FALSE(waiter->in_transaction());
  }
  holder->rollback();
  const auto next = driver_->connect();
  next->begin(TransactionMode::Write);
  EXPECT_TRUE(next->in_transaction());
}

TEST_F(SqliteConnectionTest, AConnectionThatClosesInATransactionFreesTheLock) {
  driver_ = make_driver(settings_);
  driver_->connect()->begin(TransactionMode::Write);
  const auto connection = driver_->connect();
  connection->begin(TransactionMode::Write);
  EXPECT_TRUE(connection->in_transaction());
}

class SqliteViewTest : public SqliteConnectionTest {
 protected:
  void SetUp() override {
    SqliteConnectionTest::SetUp();
    driver_ = make_driver(settings_);
    reader_ = driver_->connect();
    writer_ = driver_->connect();
    writer_->run_script("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
  }
  std::int64_t sum_seen() {
    Query rows = reader_->query("SELECT SUM(x) FROM t");
    return rows.next() ? rows.integer(0) : -1;
  }

  std::unique_ptr<Connection> reader_;
  std::unique_ptr<Connection> writer_;
};

TEST_F(SqliteViewTest, ReadsOfOneLeaseSeeOneState) {
  EXPECT_EQ(sum_seen(), 1);
  writer_->execute("INSERT INTO t VALUES (10)");
  EXPECT_EQ(sum_seen(), 1);
  EXPECT_FALSE(reader_->in_transaction());
  reader_->end_view();
  EXPECT_EQ(sum_seen(), 11);
}

TEST_F(SqliteViewTest, AWriteStartsFromTheNewestState) {
  EXPECT_EQ(sum_seen(), 1);
  writer_->execute("INSERT INTO t VALUES (10)");
  reader_->begin(TransactionMode::Write);
  EXPECT_EQ(sum_seen(), 11);
  reader_->execute("INSERT INTO t VALUES (100)");
  reader_->commit();
  EXPECT_EQ(sum_seen(), 111);
}

TEST_F(SqliteViewTest, AChangeWithoutATransactionAndASnapshotStartFromTheNewestStateToo) {
  EXPECT_EQ(sum_seen(), 1);
  writer_->execute("INSERT INTO t VALUES (10)");
  reader_->execute("INSERT INTO t VALUES (100)");
  EXPECT_EQ(sum_seen(), 111);
  writer_->execute("INSERT INTO t VALUES (1000)");
  reader_->begin(TransactionMode::Snapshot);
  EXPECT_EQ(sum_seen(), 1111);
  reader_->rollback();
}

TEST_F(SqliteViewTest, ASchemaStepIsNotHinderedByAView) {
  EXPECT_EQ(sum_seen(), 1);
  reader_->run_script("DROP TABLE t; CREATE TABLE t (x); INSERT INTO t VALUES (5);");
  EXPECT_EQ(sum_seen(), 5);
}

class SqliteDurabilityTest : public SqliteConnectionTest {
 protected:
  void SetUp() override {
    SqliteConnectionTest::SetUp();
    driver_ = make_driver(settings_);
    writer_ = driver_->connect();
    writer_->run_script("CREATE TABLE t (x);");
  }
  void TearDown() override {
    writer_.reset();
    SqliteConnectionTest::TearDown();
  }
  static void insert_in_transaction(Connection& connection) {
    connection.begin(TransactionMode::Write);
    connection.execute("INSERT INTO t VALUES (1)");
    connection.commit();
  }
  static std::int64_t count(Connection& connection) {
    connection.end_view();
    Query rows = connection.query("SELECT COUNT(*) FROM t");
    return rows.next() ? rows.integer(0) : -1;
  }
  static std::optional<ErrorKind> failure_of_insert(Connection& connection) {
    try {
      insert_in_transaction(connection);
    } catch (const SqlError& error) {
      return error.kind();
    }
    return std::nullopt;
  }

  test::WatchedLog log_;
  std::unique_ptr<Connection> writer_;
};

TEST_F(SqliteDurabilityTest, EveryChangeIsOnTheDiskWhenItReturns) {
  int before = log_.syncs();
  insert_in_transaction(*writer_);
  EXPECT_EQ(log_.syncs(), ++before);
  writer_->execute("INSERT INTO t VALUES (?)", 2);
  EXPECT_EQ(log_.syncs(), ++before);
  writer_->run_script("INSERT INTO t VALUES (3); CREATE INDEX i ON t (x);");
  EXPECT_EQ(log_.syncs(), ++before);
}

TEST_F(SqliteDurabilityTest, WhatChangesNothingWaitsForNoDisk) {
  const int before = log_.syncs();
  EXPECT_EQ(count(*writer_), 0);
  writer_->begin(TransactionMode::Snapshot);
  writer_->commit();
  writer_->begin(TransactionMode::Write);
  writer_->commit();
  writer_->begin(TransactionMode::Write);
  writer_->execute("INSERT INTO t VALUES (1)");
  writer_->rollback();
  EXPECT_EQ(log_.syncs(), before);
}

TEST_F(SqliteDurabilityTest, OtherWritersCommitWhileOneWaitsForTheDisk) {
  constexpr int kOthers = 3;
  const auto reader = driver_->connect();
  std::atomic<int> answered{0};
  std::vector<std::jthread> threads;
  bool is_first = true;
  log_.on_sync = [&] {
    if (!std::exchange(is_first, false)) return;
    for (int i = 0; i < kOthers; ++i)
      threads.emplace_back([&, connection = driver_->connect()] {
        insert_in_transaction(*connection);
        ++answered;
      });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (count(*reader) < 1 + kOthers && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    EXPECT_EQ(count(*reader), 1 + kOthers);
    EXPECT_EQ(answered, 0);
  };
  insert_in_transaction(*writer_);
  threads.clear();
  log_.on_sync = nullptr;  // closing the file waits for the disk, too
  EXPECT_EQ(answered, kOthers);
  EXPECT_GE(log_.syncs(), 2);
}

TEST_F(SqliteDurabilityTest, AfterAFailedSyncTheLogIsMovedIntoTheFile) {
  log_.failing = 1;
  EXPECT_EQ(failure_of_insert(*writer_), std::nullopt);
  // From now on a sync is enough again: with this reader the log could not be moved.
  const auto reader = driver_->connect();
  reader->begin(TransactionMode::Snapshot);
  EXPECT_EQ(failure_of_insert(*writer_), std::nullopt);
}

TEST_F(SqliteDurabilityTest, ACommitThatMayNotBeOnTheDiskHasAnUnknownOutcome) {
  // The second is the checkpoint's own.
  log_.failing = 2;
  EXPECT_EQ(failure_of_insert(*writer_), ErrorKind::UnknownOutcome);
  EXPECT_TRUE(writer_->broken());
  EXPECT_FALSE(writer_->in_transaction());
  const auto next = driver_->connect();
  EXPECT_EQ(failure_of_insert(*next), std::nullopt);
}

TEST_F(SqliteDurabilityTest, NoLaterCommitIsCertainWhileALostLogCannotBeMoved) {
  const auto reader = driver_->connect();
  reader->begin(TransactionMode::Snapshot);
  log_.failing = 1;
  EXPECT_EQ(failure_of_insert(*writer_), ErrorKind::UnknownOutcome);
  EXPECT_EQ(failure_of_insert(*driver_->connect()), ErrorKind::UnknownOutcome);
  reader->rollback();
  EXPECT_EQ(failure_of_insert(*driver_->connect()), std::nullopt);
}

TEST(SqliteError, SortsCodesIntoKinds) {
  EXPECT_EQ(error_kind(SQLITE_BUSY_SNAPSHOT), ErrorKind::Conflict);
  EXPECT_EQ(error_kind(SQLITE_BUSY_RECOVERY), ErrorKind::Conflict);
  EXPECT_EQ(error_kind(SQLITE_CANTOPEN_ISDIR), ErrorKind::Unavailable);
  EXPECT_EQ(error_kind(SQLITE_IOERR_FSYNC), ErrorKind::Unavailable);
  EXPECT_EQ(error_kind(SQLITE_CONSTRAINT_PRIMARYKEY), ErrorKind::Duplicate);
  EXPECT_EQ(error_kind(SQLITE_CONSTRAINT_UNIQUE), ErrorKind::Duplicate);
  EXPECT_EQ(error_kind(SQLITE_CONSTRAINT_NOTNULL), ErrorKind::Other);
  EXPECT_EQ(error_kind(SQLITE_TOOBIG), ErrorKind::TooLong);
}

TEST(SqliteError, SaysDiskFull) {
  const SqlError error = make_error(nullptr, SQLITE_FULL, "/x/y.db", "writing");
  EXPECT_EQ(error.kind(), ErrorKind::Unavailable);
  EXPECT_NE(std::string(error.what()).find("disk full: /x/y.db"), std::string::npos);
}

}  // namespace
}  // namespace gw::sql::sqlite
