#include "sql/sqlite/sqlite_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <thread>

#include "sql/sqlite/sqlite_error.hpp"

namespace gw::sql::sqlite {
namespace {

// A lease gives a connection to one thread at a time, so the library's own mutex around each call would be
// waste: NOMUTEX.
constexpr int kOpenFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;

constexpr const char* kConfiguration =
    // FULL would wait for the disk at every commit while the write lock is held; make_durable waits after it
    // came free, for all who committed meanwhile.
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=OFF;"
    // KiB of private memory per connection. A commit elsewhere empties it anyway, the kernel's cache is
    // behind it, and eight connections must stay far below a worker's 12 MB. mmap stays off: reads were not
    // faster with it, and an I/O error would kill the process instead of failing one request.
    "PRAGMA cache_size=-1024;"
    // Gives back the space of a WAL that a long reader made big.
    "PRAGMA journal_size_limit=67108864;"
    // Statement journals then grow in steps of 1 KiB; else each takes 64 KiB from the heap and gives it back.
    "PRAGMA temp_store=MEMORY;"
    // As MySQL's binary collation does it.
    "PRAGMA case_sensitive_like=ON;"
    // Debian's default writes freed pages an extra time; FAST clears what is written anyway.
    "PRAGMA secure_delete=FAST;"
    "PRAGMA trusted_schema=OFF;";

constexpr std::string_view kBeginWrite = "BEGIN IMMEDIATE";
constexpr std::string_view kBeginSnapshot = "BEGIN";
constexpr std::string_view kOpenView = "SELECT 1 FROM sqlite_schema LIMIT 1";
constexpr std::string_view kCommit = "COMMIT";
constexpr std::string_view kRollback = "ROLLBACK";

/// Pages (16 MiB). A checkpoint writes each changed page once, however often it changed, and waits for the
/// disk twice: at the usual 1,000 pages it cost as much as the commits themselves.
constexpr int kCheckpointPages = 4'000;

/// Operations of SQLite's machine between two looks at the clock: about a millisecond of work.
constexpr int kProgressSteps = 20'000;
constexpr std::chrono::microseconds kShortestNap{50};
/// A commit takes some hundred microseconds: for so many naps the lock is expected to come free at once. Only
/// one writer of each process polls (WriteGate), so this costs little.
constexpr int kShortNaps = 40;
constexpr std::chrono::microseconds kLongestNap{2'000};

}  // namespace

SqliteConnection::SqliteConnection(std::string path, const DatabaseSettings& settings, Writers& writers)
    : path_(std::move(path)), settings_(settings), writers_(writers), statements_(settings.statement_cache) {
  try {
    open();
  } catch (const SqlError&) {
    close();
    throw;
  }
}

SqliteConnection::~SqliteConnection() { close(); }

void SqliteConnection::close() noexcept {
  statements_.clear();
  sqlite3_finalize(view_);
  view_ = nullptr;
  sqlite3_close_v2(database_);
  database_ = nullptr;
  leave_gate();
}

void SqliteConnection::open() {
  const int code = sqlite3_open_v2(path_.c_str(), &database_, kOpenFlags, nullptr);
  if (code != SQLITE_OK) throw make_error(database_, code, path_, "opening the database");
  sqlite3_extended_result_codes(database_, 1);
  sqlite3_busy_handler(database_, &SqliteConnection::on_busy, this);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  switch_to_wal();
  configure();
  sqlite3_wal_hook(database_, &SqliteConnection::on_log_written, this);
  sqlite3_progress_handler(database_, kProgressSteps, &SqliteConnection::on_progress, this);
}

void SqliteConnection::configure() {
  const int code = sqlite3_exec(database_, kConfiguration, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw make_error(database_, code, path_, "configuring the connection");
}

// SQLite does not call the busy handler for this switch: when several processes open a new file at once, all
// but one are told "busy" at once and have to ask again.
void SqliteConnection::switch_to_wal() {
  const Clock::time_point deadline = Clock::now() + settings_.connect_timeout;
  for (;;) {
    std::string mode;
    const auto take_mode = [](void* out, int, char** values, char**) noexcept {
      *static_cast<std::string*>(out) = values[0] == nullptr ? "" : values[0];
      return 0;
    };
    const int code = sqlite3_exec(database_, "PRAGMA journal_mode=WAL", take_mode, &mode, nullptr);
    if (code == SQLITE_OK && mode == "wal") return;
    if (code == SQLITE_OK) {
      throw SqlError(
          ErrorKind::Unavailable, code,
          fmt::format("SQLite: {} cannot be used in WAL mode (it stays in mode {}); the folder must be on a "
                      "local file system",
                      path_, mode));
    }
    if ((code & 0xFF) != SQLITE_BUSY) throw make_error(database_, code, path_, "opening the database");
    if (Clock::now() >= deadline) {
      throw SqlError(ErrorKind::Unavailable, code,
                     fmt::format("SQLite: {} is locked by another program", path_));
    }
    std::this_thread::sleep_for(kLongestNap);
  }
}

Statement& SqliteConnection::prepare(std::string_view sql) {
  return statements_.get(sql, [&] { return std::make_unique<SqliteStatement>(*this, sql); });
}

// SQLite opens and closes a read transaction (two file locks, two mutexes) for each statement unless another
// one is still being read: so one statement is left standing on its first row.
void SqliteConnection::open_view() {
  if (has_view_ || in_transaction()) return;
  if (view_ == nullptr && sqlite3_prepare_v3(database_, kOpenView.data(), static_cast<int>(kOpenView.size()),
                                             SQLITE_PREPARE_PERSISTENT, &view_, nullptr) != SQLITE_OK)
    return;  // the statement that asked for the view meets the same trouble and tells
  has_view_ = sqlite3_step(view_) == SQLITE_ROW;
  if (!has_view_) sqlite3_reset(view_);
}

void SqliteConnection::end_view() noexcept {
  if (!has_view_) return;
  has_view_ = false;
  sqlite3_reset(view_);
}

void SqliteConnection::run_script(std::string_view sql) {
  end_view();
  const std::string script(sql);
  has_deadline_ = false;  // a schema step on a large database may take long
  const int code = sqlite3_exec(database_, script.c_str(), nullptr, nullptr, nullptr);
  has_deadline_ = true;
  if (code != SQLITE_OK) fail(code, "running a script");
  make_durable();
}

void SqliteConnection::begin(TransactionMode mode) {
  end_view();
  if (mode == TransactionMode::Snapshot) {
    execute(kBeginSnapshot);
    // BEGIN alone takes no snapshot; the first read does.
    (void)query(kOpenView);
    return;
  }
  if (!writers_.gate.enter(settings_.statement_timeout)) {
    throw SqlError(ErrorKind::Conflict, SQLITE_BUSY,
                   "SQLite: other writers of this process kept the database busy");
  }
  holds_gate_ = true;
  try {
    execute(kBeginWrite);
  } catch (const SqlError&) {
    leave_gate();
    throw;
  }
}

void SqliteConnection::commit() {
  try {
    execute(kCommit);
  } catch (const SqlError& error) {
    // The commit may or may not be in the file when the kernel could not say that it is on the disk.
    if ((error.native() & 0xFF) != SQLITE_IOERR) throw;
    is_broken_ = true;
    throw SqlError(ErrorKind::UnknownOutcome, error.native(), error.what());
  }
  leave_gate();
  make_durable();
}

// The commit is visible to others before it is on the disk, as it is on MySQL; whoever waits here has not
// been answered. A later commit that builds on it waits for the same log, so it cannot outlive it.
void SqliteConnection::make_durable() {
  if (!is_log_ahead_ || holds_gate_) return;
  is_log_ahead_ = false;
  if (writers_.log.wait([this]() noexcept { return sync_log() || move_log(); })) return;
  is_broken_ = true;
  throw SqlError(ErrorKind::UnknownOutcome, SQLITE_IOERR_FSYNC,
                 fmt::format("SQLite: {} was changed, but the disk could not be waited for", path_));
}

bool SqliteConnection::sync_log() noexcept {
  if (writers_.has_lost_log) return false;
  sqlite3_file* log = nullptr;
  const int code = sqlite3_file_control(database_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  writers_.has_lost_log = code != SQLITE_OK || log == nullptr || log->pMethods == nullptr ||
                          log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) != SQLITE_OK;
  return !writers_.has_lost_log;
}

// The kernel tells of a failed write once: afterwards a sync of the log says nothing about the commits
// before. They are safe again when all of the log was carried over into the database file.
bool SqliteConnection::move_log() noexcept {
  int pages = -1;
  int moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(database_, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  writers_.has_lost_log = code != SQLITE_OK || pages != moved;
  return !writers_.has_lost_log;
}

void SqliteConnection::rollback() noexcept {
  if (in_transaction()) {
    try {
      execute(kRollback);
    } catch (const SqlError&) {
      is_broken_ = true;  // closing the connection rolls back
    }
  }
  leave_gate();
}

void SqliteConnection::leave_gate() noexcept {
  if (!holds_gate_) return;
  holds_gate_ = false;
  writers_.gate.leave();
}

SqlError SqliteConnection::note_failure(int code, const char* action) {
  if (breaks_connection(code)) is_broken_ = true;
  return make_error(database_, code, path_, action);
}

int SqliteConnection::on_progress(void* self) noexcept {
  auto& connection = *static_cast<SqliteConnection*>(self);
  if (!connection.has_deadline_) return 0;
  const Clock::time_point now = Clock::now();
  if (connection.deadline_ == Clock::time_point{}) {
    connection.deadline_ = now + connection.settings_.statement_timeout;
    return 0;
  }
  return now >= connection.deadline_ ? 1 : 0;
}

int SqliteConnection::on_log_written(void* self, sqlite3* database, const char* name, int pages) noexcept {
  static_cast<SqliteConnection*>(self)->is_log_ahead_ = true;
  // What SQLite's own hook does. A checkpoint that fails is tried again after the next commit.
  if (pages >= kCheckpointPages)
    sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return SQLITE_OK;
}

// SQLite's own handler sleeps up to 100 ms at once, which a burst of short writes would feel.
int SqliteConnection::on_busy(void* self, int calls) noexcept {
  auto& connection = *static_cast<SqliteConnection*>(self);
  const Clock::time_point now = Clock::now();
  if (calls == 0) connection.busy_since_ = now;
  if (now - connection.busy_since_ >= connection.settings_.statement_timeout) return 0;
  const auto nap = std::min(kLongestNap, kShortestNap * (1 << std::clamp(calls - kShortNaps, 0, 6)));
  std::this_thread::sleep_for(nap);
  return 1;
}

}  // namespace gw::sql::sqlite
