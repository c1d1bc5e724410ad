#include "apache/auth_cache.hpp"

#include "core/crypto.hpp"
#include "core/random.hpp"

namespace gw::apache {
namespace {

constexpr std::size_t kSecretBytes = 32;

}  // namespace

AuthCache::AuthCache() : secret_(random_hex(kSecretBytes)) {}

std::string AuthCache::key_of(std::string_view name, std::string_view password) const {
  // The length keeps "ab" + "c" apart from "a" + "bc".
  std::string text = std::to_string(name.size());
  text.append(":").append(name).append(password);
  return hmac_sha256(secret_, text);
}

std::optional<ProvenUser> AuthCache::find(std::string_view name, std::string_view password, Millis now) {
  const std::string key = key_of(name, password);
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return std::nullopt;
  if (found->second.until > now) return found->second.proven;
  entries_.erase(found);
  return std::nullopt;
}

void AuthCache::store(std::string_view name, std::string_view password, const ProvenUser& proven,
                      Millis now) {
  const Millis until{now.value + std::chrono::milliseconds(kLifetime).count()};
  std::string key = key_of(name, password);
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= kMaxEntries)
    std::erase_if(entries_, [&](const auto& e) { return e.second.until <= now; });
  if (entries_.size() >= kMaxEntries) entries_.clear();
  entries_.insert_or_assign(std::move(key), Entry{proven, until});
}

void AuthCache::forget(std::string_view name, std::string_view password) {
  const std::string key = key_of(name, password);
  const std::lock_guard lock(mutex_);
  entries_.erase(key);
}

}  // namespace gw::apache
