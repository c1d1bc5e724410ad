#include "calendars/feeds/refresh_queue.hpp"

#include <csignal>

#include <algorithm>

namespace gw::calendars::feeds {

RefreshQueue::~RefreshQueue() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void RefreshQueue::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stops_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
}

void RefreshQueue::push(const DueFeed& feed) {
  const std::lock_guard lock(mutex_);
  const bool is_known = std::any_of(waiting_.begin(), waiting_.end(), [&](const DueFeed& each) {
    return each.context == feed.context && each.folder == feed.folder;
  });
  if (stops_ || is_known || waiting_.size() >= kMostWaiting) return;
  waiting_.push_back(feed);
  if (!thread_.joinable()) {
    // Signals are the business of the server's own threads.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {
      // No thread to be had: it stays due.
      waiting_.pop_back();
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  changed_.notify_all();
}

void RefreshQueue::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.empty() && !is_busy_; });
}

void RefreshQueue::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stops_ || !waiting_.empty(); });
    if (stops_) return;
    const DueFeed feed = waiting_.front();
    waiting_.pop_front();
    is_busy_ = true;
    lock.unlock();
    read_(feed);
    lock.lock();
    is_busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace gw::calendars::feeds
