// One connection to an SQLite file in WAL mode.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <string>

#include "core/settings.hpp"
#include "sql/connection.hpp"
#include "sql/sqlite/group_sync.hpp"
#include "sql/sqlite/sqlite_statement.hpp"
#include "sql/sqlite/write_gate.hpp"
#include "sql/statement_cache.hpp"

namespace gw::sql::sqlite {

/// What the writers of one process share.
struct Writers {
  WriteGate gate;
  GroupSync log;
  /// A sync of the log failed and nothing made up for it since. Belongs to whoever syncs.
  bool has_lost_log = false;
};

class SqliteConnection final : public Connection {
 public:
  /// Opens the file and switches it to WAL. `writers` must outlive the connection.
  /// Errors: SqlError Unavailable. Cost: waits up to connect_timeout for other openers.
  SqliteConnection(std::string path, const DatabaseSettings& settings, Writers& writers);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::Sqlite; }
  Statement& prepare(std::string_view sql) override;
  void run_script(std::string_view sql) override;
  void begin(TransactionMode mode) override;
  void commit() override;
  void rollback() noexcept override;
  [[nodiscard]] bool in_transaction() const override { return sqlite3_get_autocommit(database_) == 0; }
  [[nodiscard]] bool broken() const override { return is_broken_; }
  void end_view() noexcept override;
  bool ping() noexcept override { return !is_broken_; }

  // For the statements of this connection.
  [[nodiscard]] sqlite3* handle() const { return database_; }
  [[nodiscard]] const DatabaseSettings& settings() const { return settings_; }
  /// The error of the last call; notes whether the connection can be used on.
  SqlError note_failure(int code, const char* action);
  [[noreturn]] void fail(int code, const char* action) { throw note_failure(code, action); }
  /// Before a read: opens the view of this lease unless it is open or a transaction runs.
  void open_view();
  void restart_deadline() { deadline_ = {}; }
  /// After a change outside a transaction, and after COMMIT: waits until it is on the disk.
  /// Errors: UnknownOutcome. Cost: a sync of the log, shared with other writers; nothing when nothing was
  /// committed.
  void make_durable();

 private:
  using Clock = std::chrono::steady_clock;

  void open();
  void configure();
  void switch_to_wal();
  void close() noexcept;
  void leave_gate() noexcept;
  bool sync_log() noexcept;
  bool move_log() noexcept;
  static int on_log_written(void* self, sqlite3* database, const char* name, int pages) noexcept;
  static int on_progress(void* self) noexcept;
  static int on_busy(void* self, int calls) noexcept;

  std::string path_;
  const DatabaseSettings settings_;
  Writers& writers_;
  sqlite3* database_ = nullptr;
  StatementCache<SqliteStatement> statements_;
  /// Stands on its first row as long as the view of the lease is open.
  sqlite3_stmt* view_ = nullptr;
  bool has_view_ = false;
  /// End of the running step's time; unset until the engine has worked for a while.
  Clock::time_point deadline_{};
  Clock::time_point busy_since_{};
  bool has_deadline_ = true;
  bool holds_gate_ = false;
  /// A commit of this connection may not be on the disk yet.
  bool is_log_ahead_ = false;
  bool is_broken_ = false;
};

}  // namespace gw::sql::sqlite
