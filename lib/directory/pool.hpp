// The connections of this process to a directory: to the server that answers, of those it has. Source: spec
// ldap-and-subscriptions section 4.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "core/settings.hpp"
#include "directory/breaker.hpp"
#include "directory/connection.hpp"

namespace gw::directory {

/// Threads: any.
class ConnectionPool {
 public:
  /// Connects to nothing. The settings must outlive it.
  explicit ConnectionPool(const DirectorySettings& settings);

  /// Whom a connection speaks for.
  enum class Identity { Service, Anybody };

  struct Slot {
    std::unique_ptr<Connection> connection;
    std::size_t server = 0;
    bool is_service = false;
    bool is_fresh = true;  ///< just connected: what fails now is the server's fault
    Deadline::Clock::time_point used;
  };

  /// Gives the connection back at its end.
  class Lease {
   public:
    Lease(ConnectionPool& pool, Slot slot) : pool_(&pool), slot_(std::move(slot)) {}
    Lease(Lease&& other) noexcept : pool_(other.pool_), slot_(std::move(other.slot_)) {
      other.pool_ = nullptr;
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->give_back(std::move(slot_));
    }

    Connection& operator*() { return *slot_.connection; }
    Connection* operator->() { return slot_.connection.get(); }
    [[nodiscard]] bool is_fresh() const { return slot_.is_fresh; }
    /// Before a bind as somebody else.
    void forget_identity() { slot_.is_service = false; }
    /// Closes it. What made a fresh one useless counts against its server.
    void discard(const DirectoryError* why = nullptr);

   private:
    friend class ConnectionPool;
    ConnectionPool* pool_;
    Slot slot_;
  };

  /// Errors: DirectoryError Unreachable when no server answers, or all connections are in use until the
  /// deadline; Refused for a wrong service account.
  Lease acquire(Identity identity, const Deadline& deadline);
  /// Closes what nobody used for long, or, with `all`, everything that is not in use.
  void purge_idle(bool all = false);

 private:
  void give_back(Slot slot);
  void drop(Slot slot);
  Slot take(Identity identity, const Deadline& deadline);
  Slot connect(const Deadline& deadline);
  bool may_ask(std::size_t server);
  void note(std::size_t server, const DirectoryError* failure);
  void speak_for_service(Slot& slot, const Deadline& deadline);

  const DirectorySettings& settings_;
  std::mutex mutex_;
  std::condition_variable is_free_;
  std::vector<Slot> idle_;
  int count_ = 0;  ///< idle or not
  std::vector<Breaker> breakers_;
  std::size_t preferred_ = 0;  ///< the server that answered last
};

}  // namespace gw::directory
