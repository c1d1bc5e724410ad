#include "sql/pool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/error.hpp"
#include "core/log.hpp"

namespace gw::sql {
namespace {

/// A server or a firewall may have dropped a connection that was unused for so long.
constexpr std::chrono::seconds kPingAfter{30};
/// After a failed connect nobody tries again for this long.
constexpr std::chrono::seconds kProbeEvery{1};
constexpr std::chrono::seconds kBusyLogEvery{60};

std::string name_of(const DatabaseSettings& settings) {
  return settings.number == 0 ? "database" : fmt::format("database {}", settings.number);
}

}  // namespace

struct Pool::Idle {
  std::unique_ptr<Connection> connection;
  Clock::time_point since;
};

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    release();
    pool_ = other.pool_;
    connection_ = std::move(other.connection_);
    generation_ = other.generation_;
    taken_ = other.taken_;
  }
  return *this;
}

void Lease::release() noexcept {
  if (connection_ == nullptr) return;
  pool_->give_back(std::move(connection_), generation_);
  if (taken_) taken_->tell(Metric::DatabaseUse, {"userdb", "main", "write"});
}

Pool::Pool(std::unique_ptr<Driver> driver, const DatabaseSettings& settings)
    : driver_(std::move(driver)), settings_(settings) {
  // give_back must not allocate: it runs in destructors.
  idle_.reserve(static_cast<std::size_t>(std::max(settings.pool_size, 1)));
}

Pool::~Pool() { assert(status_.open == static_cast<int>(idle_.size()) && "a lease outlives its pool"); }

Lease Pool::acquire() {
  std::unique_lock lock(mutex_);
  Clock::time_point deadline{};
  for (;;) {
    if (auto connection = take_idle(lock)) return {*this, std::move(connection), generation_};
    const bool may_connect = !in_outage_ || (!is_probing_ && Clock::now() >= next_probe_);
    // One caller a second tries whether the database is back; all others are told at once, unless a
    // connection that works is out and will come back.
    if (!may_connect && status_.open == connecting_) throw Unavailable(outage_text_);
    if (may_connect && status_.open < std::max(settings_.pool_size, 1)) {
      if (Lease lease = connect_new(lock)) return lease;
      continue;
    }
    if (deadline == Clock::time_point{}) deadline = Clock::now() + settings_.pool_wait;
    wait_for_turn(lock, deadline);
  }
}

/// The one used last, so that the others grow old and are closed. Gives nothing when none is usable.
std::unique_ptr<Connection> Pool::take_idle(std::unique_lock<std::mutex>& lock) {
  while (!idle_.empty()) {
    Idle entry = std::move(idle_.back());
    idle_.pop_back();
    const bool ping = must_probe(entry);
    const std::uint64_t generation = generation_;
    if (!ping && !entry.connection->is_closed_by_peer()) return std::move(entry.connection);
    lock.unlock();
    const bool is_alive = entry.connection->ping();
    if (!is_alive) entry.connection.reset();
    lock.lock();
    if (is_alive && generation == generation_) return std::move(entry.connection);
    entry.connection.reset();
    --status_.open;
  }
  return nullptr;
}

bool Pool::must_probe(const Idle& entry) const {
  return entry.since <= suspect_until_ || Clock::now() - entry.since > kPingAfter;
}

/// An empty lease when the database cannot be reached; then the outage is noted.
Lease Pool::connect_new(std::unique_lock<std::mutex>& lock) {
  ++status_.open;
  ++connecting_;
  is_probing_ = in_outage_;
  const std::uint64_t generation = generation_;
  lock.unlock();
  std::unique_ptr<Connection> connection;
  std::string trouble;
  try {
    connection = driver_->connect();
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  lock.lock();
  --connecting_;
  is_probing_ = false;
  const bool was_in_outage = std::exchange(in_outage_, connection == nullptr);
  if (connection != nullptr) {
    if (was_in_outage) {
      lock.unlock();
      freed_.notify_all();
      log(LogLevel::Notice, "GW0101", "the " + name_of(settings_) + " is reachable again");
    }
    return {*this, std::move(connection), generation};
  }
  --status_.open;
  ++status_.connects_failed;
  outage_text_ = "The " + name_of(settings_) + " is not reachable: " + trouble;
  next_probe_ = Clock::now() + kProbeEvery;
  lock.unlock();
  freed_.notify_all();  // whoever waits for a connection learns of the outage now
  if (!was_in_outage) log(LogLevel::Error, "GW0102", "the " + name_of(settings_) + " is not reachable: " + trouble);
  lock.lock();
  return {};
}

void Pool::wait_for_turn(std::unique_lock<std::mutex>& lock, Clock::time_point deadline) {
  ++status_.waiting;
  const std::cv_status result = freed_.wait_until(lock, deadline);
  --status_.waiting;
  if (result == std::cv_status::no_timeout || !idle_.empty()) return;
  ++status_.waits_timed_out;
  const Clock::time_point now = Clock::now();
  const bool is_logged = now >= next_busy_log_;
  if (is_logged) next_busy_log_ = now + kBusyLogEvery;
  const std::int64_t count = status_.waits_timed_out;
  lock.unlock();
  if (is_logged) {
    log(LogLevel::Warning, "GW0103",
        fmt::format("all {} database connections of this process were busy for {} ms; {} requests were "
                    "refused so far. "
                    "Raise the pool size or look for slow statements",
                    settings_.pool_size, settings_.pool_wait.count(), count));
  }
  throw Unavailable("All database connections are busy.");
}

void Pool::give_back(std::unique_ptr<Connection> connection, std::uint64_t generation) noexcept {
  if (!connection->broken() && connection->in_transaction()) connection->rollback();
  connection->end_view();
  const bool is_broken = connection->broken();
  bool is_kept = false;
  {
    const std::lock_guard lock(mutex_);
    if (is_broken) suspect_until_ = Clock::now();
    is_kept = !is_broken && generation == generation_;
    if (is_kept) {
      idle_.push_back({std::move(connection), Clock::now()});
    }
  }
  if (!is_kept) {
    connection
        .reset();  // closing may wait for the network: never under the lock, and before the place is free
    const std::lock_guard lock(mutex_);
    --status_.open;
  }
  if (is_kept) {
    freed_.notify_one();
  } else {
    freed_.notify_all();  // in an outage those who wait must learn that nothing comes back
  }
}

void Pool::purge_idle() {
  std::vector<Idle> old;
  {
    const std::lock_guard lock(mutex_);
    const Clock::time_point limit = Clock::now() - settings_.pool_idle;
    const auto first_young =
        std::find_if(idle_.begin(), idle_.end(), [&](const Idle& entry) { return entry.since > limit; });
    old.assign(std::make_move_iterator(idle_.begin()), std::make_move_iterator(first_young));
    idle_.erase(idle_.begin(), first_young);
    status_.open -= static_cast<int>(old.size());
  }
  if (!old.empty()) freed_.notify_all();
}

void Pool::new_generation() {
  std::vector<Idle> old;
  {
    const std::lock_guard lock(mutex_);
    ++generation_;
    // The idle ones are taken out one by one, so that the list keeps the space give_back relies on.
    for (Idle& entry : idle_) old.push_back(std::move(entry));
    idle_.clear();
    status_.open -= static_cast<int>(old.size());
  }
  if (!old.empty()) freed_.notify_all();
}

PoolStatus Pool::status() const {
  const std::lock_guard lock(mutex_);
  PoolStatus status = status_;
  status.idle = static_cast<int>(idle_.size());
  return status;
}

}  // namespace gw::sql
