#include "registrations.hpp"

#include <algorithm>
#include <utility>

namespace oxpush {

void Registrations::count_address(const Address& address, int difference) {
  const auto entry = by_address_.try_emplace(address, 0).first;
  entry->second = static_cast<std::uint32_t>(static_cast<int>(entry->second) + difference);
  if (entry->second == 0) by_address_.erase(entry);
}

/// Takes a client out of everything but its user's list.
void Registrations::forget(ClientKey key, const Client& client) {
  count_address(client.endpoint.address, -1);
  const auto [begin, end] = by_endpoint_.equal_range(client.endpoint);
  const auto entry = std::find_if(begin, end, [&](const auto& pair) { return pair.second == key; });
  if (entry != end) by_endpoint_.erase(entry);
  --size_;
}

bool Registrations::add(ClientKey key, const Client& client) {
  std::vector<Client>* list = find(key);
  if (list != nullptr) {
    const auto known = std::find_if(list->begin(), list->end(),
                                    [&](const Client& other) { return other.endpoint == client.endpoint; });
    if (known != list->end()) {
      known->expires = client.expires;
      known->via = client.via;
      known->local = client.local;
      if (!client.key.is_none()) known->key = client.key;
      known->is_remote = client.is_remote;
      known->was_unreachable = false;
      return true;
    }
  }
  const auto counted = by_address_.find(client.endpoint.address);
  // A server that tells of its clients is no stranger: only the limit in all holds for those.
  if (!client.is_remote && counted != by_address_.end() && counted->second >= limits_.clients_per_address)
    return false;
  if (size_ >= limits_.clients) return false;
  if (list != nullptr && list->size() >= limits_.clients_per_user) {
    const auto oldest = std::min_element(list->begin(), list->end(), [](const Client& a, const Client& b) {
      return std::pair(!a.key.is_none(), a.expires) < std::pair(!b.key.is_none(), b.expires);
    });
    forget(key, *oldest);
    list->erase(oldest);
  }
  clients_[key].push_back(client);
  by_endpoint_.emplace(client.endpoint, key);
  count_address(client.endpoint.address, 1);
  ++size_;
  return true;
}

std::vector<Client>* Registrations::find(ClientKey key) {
  const auto found = clients_.find(key);
  return found == clients_.end() ? nullptr : &found->second;
}

std::vector<std::int32_t> Registrations::users_of(std::int32_t context) const {
  std::vector<std::int32_t> users;
  for (const auto& [key, list] : clients_)
    if (key.context == context) users.push_back(key.user);
  std::sort(users.begin(), users.end());
  return users;
}

template <class Predicate>
std::size_t Registrations::remove_if(ClientKey key, const Predicate& predicate) {
  const auto found = clients_.find(key);
  if (found == clients_.end()) return 0;
  std::vector<Client>& list = found->second;
  const auto gone =
      std::stable_partition(list.begin(), list.end(), [&](const Client& c) { return !predicate(c); });
  const auto count = static_cast<std::size_t>(list.end() - gone);
  for (auto client = gone; client != list.end(); ++client) forget(key, *client);
  list.erase(gone, list.end());
  if (list.empty()) clients_.erase(found);
  return count;
}

std::size_t Registrations::note_unreachable(const Endpoint& endpoint) {
  std::vector<ClientKey> keys;
  const auto [begin, end] = by_endpoint_.equal_range(endpoint);
  for (auto entry = begin; entry != end; ++entry) keys.push_back(entry->second);
  std::size_t removed = 0;
  for (const ClientKey& key : keys) {
    removed += remove_if(key, [&](const Client& c) { return c.endpoint == endpoint && c.was_unreachable; });
    if (std::vector<Client>* list = find(key)) {
      for (Client& client : *list) client.was_unreachable |= client.endpoint == endpoint;
    }
  }
  return removed;
}

std::size_t Registrations::remove(ClientKey key) {
  return remove_if(key, [](const Client&) { return true; });
}

std::size_t Registrations::remove_signed(ClientKey key, std::string_view handle) {
  return remove_if(
      key, [&](const Client& client) { return !client.key.is_none() && client.key.id.ends_with(handle); });
}

std::size_t Registrations::remove_all(const std::function<bool(ClientKey)>& is_chosen) {
  std::vector<ClientKey> keys;
  for (const auto& [key, list] : clients_)
    if (is_chosen(key)) keys.push_back(key);
  std::size_t count = 0;
  for (const ClientKey& key : keys) count += remove(key);
  return count;
}

void Registrations::sweep(milliseconds now) {
  std::vector<ClientKey> keys;
  for (const auto& [key, list] : clients_) {
    if (std::any_of(list.begin(), list.end(), [&](const Client& client) { return client.expires <= now; }))
      keys.push_back(key);
  }
  for (const ClientKey& key : keys)
    remove_if(key, [&](const Client& client) { return client.expires <= now; });
}

void Registrations::for_each(const std::function<void(ClientKey, const Client&)>& visit) const {
  for (const auto& [key, list] : clients_)
    for (const Client& client : list) visit(key, client);
}

}  // namespace oxpush
