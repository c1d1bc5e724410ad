// Runs schema steps. SQLite runs all of them in one transaction. MySQL commits at every CREATE, so there a
// step is recorded before it starts (applied = 0) and after it ended; one that was cut off runs again and
// meets its own tables.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "core/log.hpp"
#include "core/time.hpp"
#include "sql/schema/schema.hpp"
#include "sql/script.hpp"

namespace gw::sql {
namespace {

constexpr std::string_view kFindTableSqlite =
    "SELECT COUNT(*) FROM sqlite_schema WHERE type='table' AND name='schema_version'";
constexpr std::string_view kFindTableMysql =
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema=DATABASE() AND "
    "table_name='schema_version'";
constexpr std::string_view kHighestApplied = "SELECT MAX(number) FROM schema_version WHERE applied>0";
constexpr std::string_view kHighestKnown = "SELECT MAX(number) FROM schema_version";
constexpr std::string_view kFindStep = "SELECT applied FROM schema_version WHERE number=?";
constexpr std::string_view kInsertStep = "INSERT INTO schema_version (number,name,applied) VALUES (?,?,?)";
constexpr std::string_view kFinishStep = "UPDATE schema_version SET applied=? WHERE number=?";
constexpr std::string_view kTakeLock = "SELECT GET_LOCK(CONCAT('gw_migrate.',MD5(DATABASE())),?)";
constexpr std::string_view kDropLock = "SELECT RELEASE_LOCK(CONCAT('gw_migrate.',MD5(DATABASE())))";

const SchemaStep kVersionTable{0, "schema_version", R"(
CREATE TABLE IF NOT EXISTS schema_version (
  number $INT NOT NULL, name $KEY(64) NOT NULL, applied $ID NOT NULL,
  PRIMARY KEY (number)) $TABLE;
)"};

/// How often a lock is asked for; each time waits for at most a few seconds or one statement time-out.
constexpr int kLockTries = 60;
constexpr int kLockSeconds = 5;

/// MySQL: table, column or index exists already; column or index to drop, or column to rename, is gone.
constexpr int kAlreadyDone[] = {1050, 1054, 1060, 1061, 1091};

bool has_version_table(Connection& connection) {
  Query rows = connection.query(connection.engine() == Engine::Sqlite ? kFindTableSqlite : kFindTableMysql);
  return rows.next() && rows.integer(0) > 0;
}

int read_version(Connection& connection, std::string_view sql) {
  Query rows = connection.query(sql);
  return rows.next() ? static_cast<int>(rows.integer(0)) : 0;
}

/// Throws when the database has steps that this program does not know.
void refuse_newer(Connection& connection) {
  const int known = schema_steps().back().number;
  const int found = read_version(connection, kHighestKnown);
  if (found <= known) return;
  throw std::runtime_error(fmt::format(
      "The database has schema version {}, but this program knows versions up to {} only. Use a program at "
      "least as new as the one that changed the database, or restore a backup from before.",
      found, known));
}

std::vector<std::string> migrate_sqlite_locked(Connection& connection, int target) {
  connection.run_script(render_step(kVersionTable, Engine::Sqlite));
  refuse_newer(connection);
  const int current = read_version(connection, kHighestApplied);
  std::vector<std::string> done;
  for (const SchemaStep& step : schema_steps()) {
    if (step.number <= current || step.number > target) continue;
    connection.run_script(render_step(step, Engine::Sqlite));
    connection.execute(kInsertStep, step.number, step.name, system_clock().now());
    done.emplace_back(step.name);
  }
  return done;
}

std::vector<std::string> migrate_sqlite(Connection& connection, int target) {
  for (int tries = 1;; ++tries) {
    try {
      connection.begin(TransactionMode::Write);
      std::vector<std::string> done = migrate_sqlite_locked(connection, target);
      connection.commit();
      return done;
    } catch (const SqlError& error) {
      connection.rollback();
      if (error.kind() != ErrorKind::Conflict || tries >= kLockTries) throw;
    } catch (const std::exception&) {
      connection.rollback();
      throw;
    }
  }
}

/// The lock belongs to the connection: the server frees it when the connection ends.
class MysqlLock {
 public:
  explicit MysqlLock(Connection& connection) : connection_(connection) {
    for (int tries = 0; tries < kLockTries; ++tries) {
      Query rows = connection_.query(kTakeLock, kLockSeconds);
      if (rows.next() && rows.integer(0) == 1) return;
    }
    throw SqlError(ErrorKind::Conflict, 0, "another process has been changing the schema for minutes");
  }
  MysqlLock(const MysqlLock&) = delete;
  MysqlLock& operator=(const MysqlLock&) = delete;
  ~MysqlLock() {
    try {
      (void)connection_.query(kDropLock);
    } catch (const SqlError& error) {
      log(LogLevel::Debug, "GW0104", error.what());
    }
  }

 private:
  Connection& connection_;
};

/// True when the step was started before and not finished. Two Galera nodes do not see each other's lock: the
/// one that comes second finds the row and meets the tables of the first.
bool record_start(Connection& connection, const SchemaStep& step) {
  {
    Query rows = connection.query(kFindStep, step.number);
    if (rows.next()) return true;
  }
  try {
    connection.execute(kInsertStep, step.number, step.name, 0);
    return false;
  } catch (const SqlError& error) {
    if (error.kind() != ErrorKind::Duplicate && error.kind() != ErrorKind::Conflict) throw;
    return true;
  }
}

void run_mysql_step(Connection& connection, const SchemaStep& step) {
  const bool is_resumed = record_start(connection, step);
  const std::string script = render_step(step, Engine::Mysql);
  for (const std::string_view statement : split_script(script)) {
    try {
      connection.run_script(statement);
    } catch (const SqlError& error) {
      const bool is_done = std::ranges::find(kAlreadyDone, error.native()) != std::end(kAlreadyDone);
      if (!is_resumed || !is_done) throw;
    }
  }
  connection.execute(kFinishStep, system_clock().now(), step.number);
}

std::vector<std::string> migrate_mysql(Connection& connection, int target) {
  const MysqlLock lock(connection);
  connection.run_script(render_step(kVersionTable, Engine::Mysql));
  refuse_newer(connection);
  const int current = read_version(connection, kHighestApplied);
  std::vector<std::string> done;
  for (const SchemaStep& step : schema_steps()) {
    if (step.number <= current || step.number > target) continue;
    run_mysql_step(connection, step);
    done.emplace_back(step.name);
  }
  return done;
}

}  // namespace

int current_version(Connection& connection) {
  return has_version_table(connection) ? read_version(connection, kHighestApplied) : 0;
}

std::vector<std::string> migrate(Connection& connection, int target) {
  const int newest = schema_steps().back().number;
  if (target < 0 || target > newest) {
    throw std::invalid_argument(
        fmt::format("There is no schema version {}; the newest is {}.", target, newest));
  }
  if (target == 0) target = newest;
  if (has_version_table(connection)) {
    refuse_newer(connection);
    if (read_version(connection, kHighestApplied) >= target) return {};
  }
  return connection.engine() == Engine::Sqlite ? migrate_sqlite(connection, target)
                                               : migrate_mysql(connection, target);
}

}  // namespace gw::sql
