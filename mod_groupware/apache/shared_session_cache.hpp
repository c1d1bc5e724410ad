// The session cache that all processes share, over httpd's small-object cache providers (shmcb, redis,
// memcache).
#pragma once

#include <httpd.h>

#include <http_config.h>

#include <memory>

#include "apache/module_config.hpp"
#include "session/memory_cache.hpp"
#include "session/session_cache.hpp"

namespace gw::apache {

/// Finds the provider that `config.session_cache` names (shmcb when it names none) and makes the instance,
/// which also checks the provider's arguments. Gives the text for the administrator, empty when all is well;
/// a default that cannot be had is no error, the cache is then left out. Threads: parent, check_config.
std::string create_cache_instance(ModuleConfig& config, apr_pool_t* scratch, apr_pool_t* pool);

/// Opens the instance and makes the mutex that unsafe providers need. Errors: what to tell the administrator,
/// else empty. Threads: parent, post_config.
std::string open_cache_instance(CacheInstance& cache, server_rec* server, apr_pool_t* pool);

/// Makes the mutex type known, so that the directive Mutex can speak of it. Threads: parent, pre_config.
void register_cache_mutex(apr_pool_t* pool);
/// Threads: child_init only.
void attach_cache_mutex(CacheInstance& cache, server_rec* server, apr_pool_t* pool);

/// The child's side. With a cache in shared memory, a process keeps what it has read for a few seconds and
/// uses it as long as no process has changed the entry (cache_generations): most requests then need no lock
/// between processes. With a cache on the network every look-up goes there, as other nodes may have changed
/// it. Threads: any. Cost: one look-up in this process, else in shared memory under the mutex, or one network
/// round trip.
class SharedSessionCache final : public session::SessionCache {
 public:
  /// `cache` and `server` must outlive it.
  SharedSessionCache(const CacheInstance& cache, server_rec* server);

  std::optional<std::string> get(std::string_view key) noexcept override;
  void put(std::string_view key, std::string_view value, std::chrono::seconds lifetime) noexcept override;
  void remove(std::string_view key) noexcept override;

 private:
  std::optional<std::string> get_shared(std::string_view key);
  std::optional<std::string> get_near(std::string_view key, std::uint32_t generation);

  const CacheInstance& cache_;
  server_rec* server_;
  /// What this process has read, each value behind the generation it was read in.
  std::unique_ptr<session::MemoryCache> near_;
};

/// `GroupwareSessionCache none`: every request reads the session from the database.
class NoSessionCache final : public session::SessionCache {
 public:
  std::optional<std::string> get(std::string_view) noexcept override { return std::nullopt; }
  void put(std::string_view, std::string_view, std::chrono::seconds) noexcept override {}
  void remove(std::string_view) noexcept override {}
};

}  // namespace gw::apache
