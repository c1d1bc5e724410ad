// Feeds that are due are read behind the back of whoever looks at them: one thread of a process, one feed
// after the other. Not for feeds that somebody waits for.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "model/unit_of_work.hpp"

namespace gw::calendars::feeds {

struct DueFeed {
  /// A copy: that of a request ends with the request. What it refers to is the process's, so whatever belongs
  /// to one request alone, as who sends its scheduling mails, must not be in it.
  model::Environment environment;
  ContextId context;
  UserId user;
  FolderId folder;
};

class RefreshQueue {
 public:
  static constexpr std::size_t kMostWaiting = 100;

  /// `read` is called on the queue's thread and must not throw.
  explicit RefreshQueue(std::function<void(const DueFeed&)> read) : read_(std::move(read)) {}
  RefreshQueue(const RefreshQueue&) = delete;
  RefreshQueue& operator=(const RefreshQueue&) = delete;
  /// What waits is dropped: it stays due. What is under way is cancelled.
  ~RefreshQueue();

  /// Threads: any. The thread begins with the first. What waits already is not added, nor is what is one too
  /// many: somebody will look again.
  void push(const DueFeed& feed);
  /// Ends what is under way and takes nothing any more, without waiting.
  void stop() noexcept;
  /// True when the process ends. For FetchRules::is_cancelled.
  [[nodiscard]] const std::atomic<bool>& is_stopping() const { return stops_; }
  /// For tests: until nothing waits and nothing is under way.
  void wait_until_idle();

 private:
  void run();

  const std::function<void(const DueFeed&)> read_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<DueFeed> waiting_;
  bool is_busy_ = false;
  std::atomic<bool> stops_{false};
  std::thread thread_;
};

}  // namespace gw::calendars::feeds
