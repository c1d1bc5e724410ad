// Lets the commits of one process share their wait for the disk.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

namespace gw::sql::sqlite {

/// Whoever finds no sync running does one, for himself and for all who came before it began; those who come
/// while it runs wait for the next one. Threads: any.
class GroupSync {
 public:
  /// Returns after a sync that began after this call: what the caller wrote before is on the disk when it is
  /// true. `sync` is run by one of those who wait, by one at a time; it gives whether it succeeded and must
  /// not throw. Cost: no memory; two waits for the disk at most.
  template <class Sync>
  bool wait(Sync&& sync) {
    Waiter own;
    std::unique_lock lock(mutex_);
    own.next = std::exchange(waiting_, &own);
    own.turn.wait(lock, [&] { return own.is_done || !is_syncing_; });
    if (own.is_done) return own.is_synced;
    Waiter* const group = std::exchange(waiting_, nullptr);
    is_syncing_ = true;
    lock.unlock();
    const bool is_synced = sync();
    lock.lock();
    is_syncing_ = false;
    end(group, &own, is_synced);
    // One of those who came meanwhile takes the next turn.
    if (waiting_ != nullptr) waiting_->turn.notify_one();
    return is_synced;
  }

 private:
  struct Waiter {
    std::condition_variable turn;
    Waiter* next = nullptr;
    bool is_done = false;
    bool is_synced = false;
  };

  /// Under the lock: a waiter that was told goes, and its memory with it.
  static void end(Waiter* group, const Waiter* own, bool is_synced) {
    while (group != nullptr) {
      Waiter* const next = group->next;
      group->is_synced = is_synced;
      group->is_done = true;
      if (group != own) group->turn.notify_one();
      group = next;
    }
  }

  std::mutex mutex_;
  Waiter* waiting_ = nullptr;
  bool is_syncing_ = false;
};

}  // namespace gw::sql::sqlite
