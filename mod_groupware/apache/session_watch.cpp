#include "apache/session_watch.hpp"

#include <utility>

#include "apache/blocked_signals.hpp"

namespace gw::apache {

SessionWatch::SessionWatch(Callbacks callbacks, std::chrono::milliseconds rhythm)
    : callbacks_(std::move(callbacks)), rhythm_(rhythm) {}

SessionWatch::~SessionWatch() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void SessionWatch::start() {
  const BlockedSignals blocked;
  thread_ = std::thread([this] { run(); });
}

void SessionWatch::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stops_ = true;
  }
  changed_.notify_all();
}

void SessionWatch::add(push::StreamId stream, const session::Session& session) {
  Watched watched{session, callbacks_.generation(session.id)};
  if (watched.generation != nullptr) watched.seen = watched.generation->load(std::memory_order_acquire);
  const std::lock_guard lock(mutex_);
  watched_.emplace(stream, std::move(watched));
  // Whatever happened between the request's own check and the line above moved no counter that is seen.
  due_.insert(stream);
  changed_.notify_all();
}

void SessionWatch::remove(push::StreamId stream) {
  const std::lock_guard lock(mutex_);
  watched_.erase(stream);
  due_.erase(stream);
}

void SessionWatch::check(std::span<const push::StreamId> streams) {
  if (streams.empty()) return;
  const std::lock_guard lock(mutex_);
  for (const push::StreamId stream : streams)
    if (watched_.contains(stream)) due_.insert(stream);
  changed_.notify_all();
}

void SessionWatch::run_soon(std::function<void()> job) {
  const std::lock_guard lock(mutex_);
  if (jobs_.size() >= kMostJobs) return;
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

void SessionWatch::run_jobs(std::unique_lock<std::mutex>& lock) {
  while (!jobs_.empty() && !stops_) {
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}

void SessionWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stops_) {
    collect_changed();
    run_jobs(lock);
    if (due_.empty()) {
      changed_.wait_for(lock, rhythm_, [this] { return stops_ || !due_.empty() || !jobs_.empty(); });
      continue;
    }
    const push::StreamId stream = *due_.begin();
    due_.erase(due_.begin());
    lock.unlock();
    look_at(stream);
    lock.lock();
  }
}

void SessionWatch::collect_changed() {
  for (auto& [stream, watched] : watched_) {
    if (watched.generation == nullptr) continue;
    const std::uint32_t now = watched.generation->load(std::memory_order_acquire);
    if (std::exchange(watched.seen, now) != now) due_.insert(stream);
  }
}

void SessionWatch::look_at(push::StreamId stream) {
  session::Session session;
  {
    const std::lock_guard lock(mutex_);
    const auto known = watched_.find(stream);
    if (known == watched_.end()) return;
    session = known->second.session;
  }
  if (!callbacks_.has_ended(session)) return;
  remove(stream);
  callbacks_.ended(stream);
}

}  // namespace gw::apache
