// SQLite's own file system, with an eye on the syncs of write-ahead logs, which a test may let fail. For
// connections that are opened while it lives.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

namespace gw::sql::sqlite::test {

/// One at a time. Threads: syncs may come on any.
class WatchedLog {
 public:
  WatchedLog() : original_(sqlite3_vfs_find(nullptr)), watching_(*original_) {
    current() = this;
    watching_.zName = "watched-log";
    watching_.xOpen = &WatchedLog::open;
    sqlite3_vfs_register(&watching_, 1);
  }
  ~WatchedLog() {
    sqlite3_vfs_unregister(&watching_);
    sqlite3_vfs_register(original_, 1);
    current() = nullptr;
  }
  WatchedLog(const WatchedLog&) = delete;
  WatchedLog& operator=(const WatchedLog&) = delete;

  [[nodiscard]] int syncs() const { return syncs_; }
  /// Called at the start of each sync.
  std::function<void()> on_sync;
  /// The syncs that still fail.
  std::atomic<int> failing{0};

 private:
  static WatchedLog*& current() {
    static WatchedLog* watch = nullptr;
    return watch;
  }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
    WatchedLog& self = *current();
    const int code = self.original_->xOpen(self.original_, name, file, flags, out);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) return code;
    self.methods_ = *file->pMethods;
    self.sync_ = file->pMethods->xSync;
    self.methods_.xSync = &WatchedLog::sync;
    file->pMethods = &self.methods_;
    return code;
  }

  static int sync(sqlite3_file* file, int flags) {
    WatchedLog& self = *current();
    ++self.syncs_;
    if (self.on_sync) self.on_sync();
    if (self.failing > 0) {
      --self.failing;
      return SQLITE_IOERR_FSYNC;
    }
    return self.sync_(file, flags);
  }

  sqlite3_vfs* original_;
  sqlite3_vfs watching_;
  sqlite3_io_methods methods_{};
  int (*sync_)(sqlite3_file*, int) = nullptr;
  std::atomic<int> syncs_{0};
};

}  // namespace gw::sql::sqlite::test
