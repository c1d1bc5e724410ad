#include "apache/shared_session_cache.hpp"

#include <ap_provider.h>
#include <apr_strings.h>
#include <fmt/format.h>
#include <util_mutex.h>

#include <array>
#include <cstring>

#include "apache/cache_generations.hpp"
#include "apache/counters.hpp"
#include "apache/server_log.hpp"

namespace gw::apache {
namespace {

constexpr const char* kMutexType = "groupware-sessions";
constexpr std::size_t kMaxKey = 64;
constexpr std::size_t kMaxValue = 8'192;
constexpr std::size_t kNearEntries = 1'024;
constexpr std::chrono::seconds kNearLifetime{5};
/// 16 MiB: about 15,000 sessions of 1 KiB each.
constexpr const char* kDefaultArguments = "groupware_sessions(16777216)";

const ap_socache_provider_t* find_provider(const std::string& name) {
  return static_cast<const ap_socache_provider_t*>(
      ap_lookup_provider(AP_SOCACHE_PROVIDER_GROUP, name.c_str(), AP_SOCACHE_PROVIDER_VERSION));
}

/// Held around each call of a provider that is not safe between processes.
class CacheLock {
 public:
  explicit CacheLock(apr_global_mutex_t* mutex) : mutex_(mutex) {
    if (mutex_ != nullptr) is_held_ = apr_global_mutex_lock(mutex_) == APR_SUCCESS;
  }
  ~CacheLock() {
    if (mutex_ != nullptr && is_held_) apr_global_mutex_unlock(mutex_);
  }
  CacheLock(const CacheLock&) = delete;
  CacheLock& operator=(const CacheLock&) = delete;
  [[nodiscard]] bool is_held() const { return is_held_; }

 private:
  apr_global_mutex_t* mutex_;
  bool is_held_ = true;
};

/// Scratch memory of one call: the request's pool, else one of its own.
class ScratchPool {
 public:
  ScratchPool() {
    if (request_rec* request = CurrentRequest::get()) {
      pool_ = request->pool;
    } else {
      apr_pool_create(&own_, nullptr);
      pool_ = own_;
    }
  }
  ~ScratchPool() {
    if (own_ != nullptr) apr_pool_destroy(own_);
  }
  ScratchPool(const ScratchPool&) = delete;
  ScratchPool& operator=(const ScratchPool&) = delete;
  [[nodiscard]] apr_pool_t* get() const { return pool_; }

 private:
  apr_pool_t* own_ = nullptr;
  apr_pool_t* pool_ = nullptr;
};

/// After the entry has changed, never before: a process that reads the counter first and the old entry then
/// must not go on using it.
void note_change(std::string_view key) {
  if (auto* generation = generation_of(key)) generation->fetch_add(1, std::memory_order_release);
}

/// The key with a mixed first byte: shmcb chooses a part of its memory by that byte alone, and our keys are
/// hex.
class CacheKey {
 public:
  explicit CacheKey(std::string_view key) : size_(static_cast<unsigned>(key.size() + 1)) {
    if (key.size() > kMaxKey) {
      size_ = 0;
      return;
    }
    unsigned hash = 2'166'136'261U;  // FNV-1a
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    bytes_[0] = static_cast<unsigned char>(hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24));
    std::memcpy(bytes_.data() + 1, key.data(), key.size());
  }
  [[nodiscard]] const unsigned char* data() const { return bytes_.data(); }
  [[nodiscard]] unsigned size() const { return size_; }

 private:
  std::array<unsigned char, kMaxKey + 1> bytes_{};
  unsigned size_;
};

}  // namespace

std::string create_cache_instance(ModuleConfig& config, apr_pool_t* scratch, apr_pool_t* pool) {
  config.cache = {};
  if (config.session_cache == "none") return {};
  const std::size_t colon = config.session_cache.find(':');
  const bool is_default = config.session_cache.empty();
  const std::string name = is_default ? "shmcb" : config.session_cache.substr(0, colon);
  const ap_socache_provider_t* provider = find_provider(name);
  if (provider == nullptr) {
    if (is_default) return {};
    return fmt::format(
        "GroupwareSessionCache {0}: load mod_socache_{0} (a2enmod socache_{0}), or write "
        "GroupwareSessionCache none",
        name);
  }
  const char* arguments =
      colon == std::string::npos ? nullptr : apr_pstrdup(pool, config.session_cache.c_str() + colon + 1);
  if (arguments == nullptr && name == "shmcb") arguments = kDefaultArguments;
  if (const char* problem = provider->create(&config.cache.instance, arguments, scratch, pool))
    return fmt::format("GroupwareSessionCache {}: {}", config.session_cache, problem);
  config.cache.provider = provider;
  return {};
}

std::string open_cache_instance(CacheInstance& cache, server_rec* server, apr_pool_t* pool) {
  if (cache.provider == nullptr) return {};
  if ((cache.provider->flags & AP_SOCACHE_FLAG_NOTMPSAFE) != 0 &&
      ap_global_mutex_create(&cache.mutex, nullptr, kMutexType, nullptr, server, pool, 0) != APR_SUCCESS)
    return "the mutex of the session cache cannot be made; see the directive Mutex";
  const ap_socache_hints hints{
      .avg_id_len = 40, .avg_obj_size = 700, .expiry_interval = apr_time_from_sec(30)};
  const apr_status_t status = cache.provider->init(cache.instance, "gw-sessions", &hints, server, pool);
  if (status != APR_SUCCESS)
    return "the session cache cannot be opened; see GroupwareSessionCache and the line above";
  struct Opened {
    const ap_socache_provider_t* provider;
    ap_socache_instance_t* instance;
    server_rec* server;
  };
  auto* opened = static_cast<Opened*>(apr_palloc(pool, sizeof(Opened)));
  *opened = {cache.provider, cache.instance, server};
  apr_pool_cleanup_register(
      pool, opened,
      [](void* data) noexcept -> apr_status_t {
        const auto* self = static_cast<Opened*>(data);
        self->provider->destroy(self->instance, self->server);
        return APR_SUCCESS;
      },
      apr_pool_cleanup_null);
  return {};
}

void register_cache_mutex(apr_pool_t* pool) {
  ap_mutex_register(pool, kMutexType, nullptr, APR_LOCK_DEFAULT, 0);
}

void attach_cache_mutex(CacheInstance& cache, server_rec* server, apr_pool_t* pool) {
  if (cache.mutex == nullptr) return;
  const apr_status_t status =
      apr_global_mutex_child_init(&cache.mutex, apr_global_mutex_lockfile(cache.mutex), pool);
  if (status == APR_SUCCESS) return;
  ap_log_error(APLOG_MARK, APLOG_ERR, status, server,
               "GW0202: the mutex of the session cache is not usable in this process; "
               "sessions are read from the database");
  cache.provider = nullptr;
}

SharedSessionCache::SharedSessionCache(const CacheInstance& cache, server_rec* server)
    : cache_(cache), server_(server) {
  if (cache.mutex != nullptr) near_ = std::make_unique<session::MemoryCache>(system_clock(), kNearEntries);
}

std::optional<std::string> SharedSessionCache::get(std::string_view key) noexcept {
  const std::atomic<std::uint32_t>* generation = near_ == nullptr ? nullptr : generation_of(key);
  // Read before the entry: whoever changes it afterwards makes what is kept here invalid.
  const std::uint32_t seen = generation == nullptr ? 0 : generation->load(std::memory_order_acquire);
  auto value = generation == nullptr ? std::nullopt : get_near(key, seen);
  const bool is_near = value.has_value();
  if (!is_near) value = get_shared(key);
  ProcessCounters& counters = own_counters();
  (value ? counters.cache_hits : counters.cache_misses).fetch_add(1, std::memory_order_relaxed);
  if (value && !is_near && generation != nullptr) {
    std::string kept(reinterpret_cast<const char*>(&seen), sizeof seen);
    near_->put(key, kept += *value, kNearLifetime);
  }
  return value;
}

std::optional<std::string> SharedSessionCache::get_near(std::string_view key, std::uint32_t generation) {
  auto kept = near_->get(key);
  if (!kept || std::memcmp(kept->data(), &generation, sizeof generation) != 0) return std::nullopt;
  kept->erase(0, sizeof generation);
  return kept;
}

std::optional<std::string> SharedSessionCache::get_shared(std::string_view key) {
  const CacheKey id(key);
  if (id.size() == 0) return std::nullopt;
  const ScratchPool scratch;
  std::array<unsigned char, kMaxValue> value;
  unsigned size = kMaxValue;
  const CacheLock lock(cache_.mutex);
  if (!lock.is_held() || cache_.provider->retrieve(cache_.instance, server_, id.data(), id.size(),
                                                   value.data(), &size, scratch.get()) != APR_SUCCESS)
    return std::nullopt;
  return std::string(reinterpret_cast<const char*>(value.data()), size);
}

void SharedSessionCache::put(std::string_view key, std::string_view value,
                             std::chrono::seconds lifetime) noexcept {
  const CacheKey id(key);
  if (id.size() == 0 || value.size() > kMaxValue) return;
  const ScratchPool scratch;
  // The provider takes a pointer to changeable bytes, but changes nothing.
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(value.data()));
  const apr_time_t expiry = apr_time_now() + apr_time_from_sec(lifetime.count());
  {
    const CacheLock lock(cache_.mutex);
    if (lock.is_held())
      cache_.provider->store(cache_.instance, server_, id.data(), id.size(), expiry, bytes,
                             static_cast<unsigned>(value.size()), scratch.get());
  }
  note_change(key);
}

void SharedSessionCache::remove(std::string_view key) noexcept {
  const CacheKey id(key);
  if (id.size() == 0) return;
  const ScratchPool scratch;
  {
    const CacheLock lock(cache_.mutex);
    if (lock.is_held())
      cache_.provider->remove(cache_.instance, server_, id.data(), id.size(), scratch.get());
  }
  note_change(key);
}

}  // namespace gw::apache
