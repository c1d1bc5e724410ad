// Lines up the writers of one process, so that only the first polls for SQLite's write lock.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace gw::sql::sqlite {

/// SQLite lets waiting writers poll and sleep; within one process a condition variable hands the lock on at
/// once. Other processes are still met by the busy handler. Threads: any; the holder may leave it on another
/// thread.
class WriteGate {
 public:
  /// False when it was not free in time.
  bool enter(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    if (!free_again_.wait_for(lock, limit, [this] { return !is_taken_; })) return false;
    is_taken_ = true;
    return true;
  }
  void leave() noexcept {
    {
      const std::lock_guard lock(mutex_);
      is_taken_ = false;
    }
    free_again_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_again_;
  bool is_taken_ = false;
};

}  // namespace gw::sql::sqlite
