// Idle connections of one process, kept apart by who may use them. Source: spec mal section 9.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mail/account.hpp"
#include "mail/imap/connection.hpp"
#include "mail/imap/folder_memory.hpp"
#include "mail/store/provider.hpp"

namespace gw::mail::imap {

struct PoolLimits {
  std::size_t per_login = 3;  ///< connections of one login at a time; a server counts them, too
  std::size_t in_total = 100;
  std::chrono::milliseconds idle{5 * 60'000};      ///< below the server's limit (Dovecot: 30 minutes)
  std::chrono::milliseconds longest_wait{10'000};  ///< for a connection when all are in use
};

/// What two uses must share to share a connection: session or user (PoolKey), server, login, secret,
/// encryption. The secret is in it as a digest only.
std::string pool_identity(const Server& server);

/// Threads: any.
class Pool {
 private:
  struct Login;

 public:
  explicit Pool(PoolLimits limits) : limits_(limits) {}

  /// The right to one connection of a login. Gives it back when it goes.
  class Lease {
   public:
    Lease(Pool& pool, std::shared_ptr<Login> login) : pool_(pool), login_(std::move(login)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    /// An idle connection that was there, or null: then the holder makes one.
    std::unique_ptr<Connection> connection;
    [[nodiscard]] FolderMemory& memory() const;

   private:
    Pool& pool_;
    std::shared_ptr<Login> login_;
  };

  /// Waits while the login has all its connections in use. Errors: MSG-0112 after the longest wait.
  std::unique_ptr<Lease> take(const PoolKey& key, const std::string& identity);
  /// Closes idle connections of the key; those in use are closed when they come back.
  void forget(const PoolKey& key);
  void purge_idle();
  [[nodiscard]] std::size_t idle_count() const;

 private:
  using Doomed = std::vector<std::unique_ptr<Connection>>;
  void give_back(const std::shared_ptr<Login>& login, std::unique_ptr<Connection> connection);
  /// The connection that is idle for longest, if any. Called under the lock.
  std::unique_ptr<Connection> evict_one();
  void drop_idle_logins();

  const PoolLimits limits_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::map<std::pair<PoolKey, std::string>, std::shared_ptr<Login>> logins_;
  std::size_t open_ = 0;  ///< idle and in use
};

}  // namespace gw::mail::imap
