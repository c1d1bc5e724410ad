#include "mail/imap/pool.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/errors/mail.hpp"

namespace gw::mail::imap {
namespace {
/// Memories of logins without connections; beyond this the ones that are not in use go.
constexpr std::size_t kMostLogins = 2'000;
}  // namespace

struct Pool::Login {
  FolderMemory memory;
  std::vector<std::unique_ptr<Connection>> idle;  ///< the last one was used last
  std::size_t in_use = 0;
  bool is_forgotten = false;
};

std::string pool_identity(const Server& server) {
  std::string text;
  for (const std::string& part : {server.protocol, server.host, std::to_string(server.port),
                                  std::to_string(static_cast<int>(server.encryption)),
                                  std::to_string(static_cast<int>(server.verifies_certificate)),
                                  server.ca_file, std::to_string(static_cast<int>(server.mechanism)),
                                  server.login, server.authorize_as, server.secret}) {
    // With their lengths, so that no two lists give one text.
    text += std::to_string(part.size()) + ":" + part;
  }
  std::string digest = sha256(text);
  net::wipe(text);
  return digest;
}

Pool::Lease::~Lease() { pool_.give_back(login_, std::move(connection)); }

FolderMemory& Pool::Lease::memory() const { return login_->memory; }

std::unique_ptr<Connection> Pool::evict_one() {
  Login* oldest = nullptr;
  for (auto& [key, login] : logins_) {
    if (login->idle.empty()) continue;
    if (oldest == nullptr || login->idle.front()->last_use() < oldest->idle.front()->last_use())
      oldest = login.get();
  }
  if (oldest == nullptr) return nullptr;
  auto connection = std::move(oldest->idle.front());
  oldest->idle.erase(oldest->idle.begin());
  --open_;
  return connection;
}

void Pool::drop_idle_logins() {
  if (logins_.size() < kMostLogins) return;
  std::erase_if(logins_, [](const auto& each) {
    Login& login = *each.second;
    // Somebody may be waiting with it: what he opens must not go into a list that nobody finds.
    login.is_forgotten = login.in_use == 0 && login.idle.empty();
    return login.is_forgotten;
  });
}

std::unique_ptr<Pool::Lease> Pool::take(const PoolKey& key, const std::string& identity) {
  Doomed doomed;  // closed after the lock is open again: saying goodbye may take its time
  std::unique_lock lock(mutex_);
  drop_idle_logins();
  auto& entry = logins_[{key, identity}];
  if (!entry) entry = std::make_shared<Login>();
  const std::shared_ptr<Login> login = entry;
  const auto has_room = [&] {
    if (login->in_use >= limits_.per_login) return false;
    if (!login->idle.empty() || open_ < limits_.in_total) return true;
    auto evicted = evict_one();
    if (!evicted) return false;
    doomed.push_back(std::move(evicted));
    return true;
  };
  if (!returned_.wait_for(lock, limits_.longest_wait, has_room)) throw ApiError(errors::msg::kSubsystemDown);
  ++login->in_use;
  auto lease = std::make_unique<Lease>(*this, login);
  if (login->idle.empty()) {
    ++open_;
    return lease;
  }
  lease->connection = std::move(login->idle.back());
  login->idle.pop_back();
  return lease;
}

void Pool::give_back(const std::shared_ptr<Login>& login, std::unique_ptr<Connection> connection) {
  std::unique_ptr<Connection> doomed;
  {
    const std::lock_guard lock(mutex_);
    --login->in_use;
    if (connection && !connection->is_broken() && !login->is_forgotten) {
      login->idle.push_back(std::move(connection));
    } else {
      doomed = std::move(connection);
      --open_;
    }
  }
  returned_.notify_all();
}

void Pool::forget(const PoolKey& key) {
  Doomed doomed;
  {
    const std::lock_guard lock(mutex_);
    for (auto each = logins_.lower_bound({key, ""}); each != logins_.end() && each->first.first == key;) {
      each->second->is_forgotten = true;
      open_ -= each->second->idle.size();
      std::move(each->second->idle.begin(), each->second->idle.end(), std::back_inserter(doomed));
      each->second->idle.clear();
      each = logins_.erase(each);
    }
  }
  returned_.notify_all();
}

void Pool::purge_idle() {
  Doomed doomed;
  {
    const std::lock_guard lock(mutex_);
    const auto limit = std::chrono::steady_clock::now() - limits_.idle;
    for (auto& [key, login] : logins_) {
      auto& idle = login->idle;
      const auto kept =
          std::find_if(idle.begin(), idle.end(), [&](const auto& each) { return each->last_use() > limit; });
      open_ -= static_cast<std::size_t>(kept - idle.begin());
      std::move(idle.begin(), kept, std::back_inserter(doomed));
      idle.erase(idle.begin(), kept);
    }
  }
  returned_.notify_all();
}

std::size_t Pool::idle_count() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [key, login] : logins_) count += login->idle.size();
  return count;
}

}  // namespace gw::mail::imap
