#include "directory/pool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/log.hpp"

namespace gw::directory {
namespace {

using Kind = DirectoryError::Kind;

/// A connection that rested for so long is asked whether it lives.
constexpr std::chrono::seconds kTrusted{30};

}  // namespace

ConnectionPool::ConnectionPool(const DirectorySettings& settings)
    : settings_(settings), breakers_(settings.servers.size()) {}

void ConnectionPool::Lease::discard(const DirectoryError* why) {
  if (pool_ == nullptr) return;
  if (slot_.is_fresh && why != nullptr && why->kind() == Kind::Unreachable) pool_->note(slot_.server, why);
  pool_->drop(std::move(slot_));
  pool_ = nullptr;
}

ConnectionPool::Lease ConnectionPool::acquire(Identity identity, const Deadline& deadline) {
  purge_idle();
  while (true) {
    Lease lease(*this, take(identity, deadline));
    try {
      if (!lease.is_fresh() && Deadline::Clock::now() - lease.slot_.used > kTrusted && !lease->is_alive()) {
        lease.discard();
        continue;
      }
      if (identity == Identity::Service) speak_for_service(lease.slot_, deadline);
      return lease;
    } catch (const DirectoryError& error) {
      const bool was_fresh = lease.is_fresh();
      lease.discard(&error);
      // What rested in the pool may have been closed by the server.
      if (error.kind() != Kind::Unreachable || was_fresh) throw;
    }
  }
}

ConnectionPool::Slot ConnectionPool::take(Identity identity, const Deadline& deadline) {
  {
    std::unique_lock lock(mutex_);
    const bool is_there = is_free_.wait_until(
        lock, deadline.end(), [&] { return !idle_.empty() || count_ < settings_.connections; });
    if (!is_there)
      throw DirectoryError(Kind::Unreachable, fmt::format("all {} connections are in use", count_));
    const auto wanted = std::find_if(idle_.rbegin(), idle_.rend(), [&](const Slot& slot) {
      return slot.is_service == (identity == Identity::Service);
    });
    const bool is_full = count_ >= settings_.connections;
    if (wanted != idle_.rend() || (is_full && !idle_.empty())) {
      const auto place = wanted != idle_.rend() ? std::prev(wanted.base()) : std::prev(idle_.end());
      Slot slot = std::move(*place);
      idle_.erase(place);
      slot.is_fresh = false;
      return slot;
    }
    ++count_;
  }
  struct Reserved {
    ~Reserved() {
      if (!is_used) pool.drop({});
    }
    ConnectionPool& pool;
    bool is_used = false;
  } reserved{*this};
  Slot slot = connect(deadline);
  reserved.is_used = true;
  return slot;
}

ConnectionPool::Slot ConnectionPool::connect(const Deadline& deadline) {
  std::optional<DirectoryError> last;
  std::size_t first = 0;
  {
    const std::lock_guard lock(mutex_);
    first = preferred_;
  }
  for (std::size_t i = 0; i < settings_.servers.size(); ++i) {
    const std::size_t server = (first + i) % settings_.servers.size();
    if (!may_ask(server)) continue;
    try {
      Slot slot;
      slot.connection = std::make_unique<Connection>(
          ConnectionOptions{settings_.servers[server], settings_.is_plain, settings_.ca_file,
                            settings_.connect_timeout, settings_.search_timeout},
          deadline);
      slot.server = server;
      slot.used = Deadline::Clock::now();
      note(server, nullptr);
      return slot;
    } catch (const DirectoryError& error) {
      note(server, &error);
      last = error;
    }
  }
  if (last) throw DirectoryError(*last);
  throw DirectoryError(Kind::Unreachable, "no server answered lately");
}

bool ConnectionPool::may_ask(std::size_t server) {
  const std::lock_guard lock(mutex_);
  return breakers_[server].lets_through(Deadline::Clock::now());
}

void ConnectionPool::note(std::size_t server, const DirectoryError* failure) {
  bool is_left_out = false;
  {
    const std::lock_guard lock(mutex_);
    if (failure == nullptr) {
      breakers_[server].note_success();
      preferred_ = server;
    } else {
      is_left_out = breakers_[server].note_failure(Deadline::Clock::now());
    }
  }
  if (is_left_out)
    log(LogLevel::Warning, "GW0760",
        fmt::format("directory {}: server {}:{} is not asked for {} seconds: {}", settings_.name,
                    settings_.servers[server].host, settings_.servers[server].port, Breaker::kPause.count(),
                    failure->what()));
}

void ConnectionPool::speak_for_service(Slot& slot, const Deadline& deadline) {
  if (slot.is_service) return;
  if (settings_.account.empty()) {
    if (!slot.is_fresh) slot.connection->bind_as_nobody(deadline);
  } else if (!slot.connection->bind(settings_.account, settings_.secret, deadline)) {
    throw DirectoryError(Kind::Refused, fmt::format("directory {}: GroupwareDirectoryAccount is not let in: "
                                                    "compare its name and secret with the directory",
                                                    settings_.name));
  }
  slot.is_service = true;
}

void ConnectionPool::give_back(Slot slot) {
  {
    const std::lock_guard lock(mutex_);
    slot.used = Deadline::Clock::now();
    idle_.push_back(std::move(slot));
  }
  is_free_.notify_one();
}

void ConnectionPool::drop(Slot slot) {
  slot.connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --count_;
  }
  is_free_.notify_one();
}

void ConnectionPool::purge_idle(bool all) {
  std::vector<Slot> old;
  {
    const std::lock_guard lock(mutex_);
    const auto limit = Deadline::Clock::now() - settings_.idle;
    const auto begin = std::stable_partition(idle_.begin(), idle_.end(),
                                             [&](const Slot& slot) { return !all && slot.used >= limit; });
    std::move(begin, idle_.end(), std::back_inserter(old));
    idle_.erase(begin, idle_.end());
    count_ -= static_cast<int>(old.size());
  }
  if (!old.empty()) is_free_.notify_all();
}

}  // namespace gw::directory
