#include "peers.hpp"

#include <algorithm>

namespace oxpush {

void Peers::add_static(const Endpoint& endpoint) { peers_[endpoint].is_static = true; }

Peers::Heard Peers::hear(const Endpoint& endpoint, const std::string& instance, milliseconds now,
                         milliseconds silence) {
  const auto found = peers_.find(endpoint);
  if (found == peers_.end()) {
    if (peers_.size() >= limit_) return Heard::Refused;
    peers_[endpoint] = {.heard = now, .instance = instance};
    return Heard::New;
  }
  Peer& peer = found->second;
  const bool is_back = now - peer.heard > silence;
  peer.heard = now;
  peer.instance = instance;
  peer.was_unreachable = false;
  return is_back ? Heard::Back : Heard::Known;
}

void Peers::restore(const Endpoint& endpoint, const std::string& instance, milliseconds heard) {
  if (peers_.size() < limit_) peers_.try_emplace(endpoint, Peer{.heard = heard, .instance = instance});
}

void Peers::for_each(
    const std::function<void(const Endpoint&, const std::string&, milliseconds)>& visit) const {
  for (const auto& [endpoint, peer] : peers_)
    if (!peer.is_static) visit(endpoint, peer.instance, peer.heard);
}

bool Peers::knows(const Address& address) const {
  const auto found = peers_.lower_bound(Endpoint{address, 0});
  return found != peers_.end() && found->first.address == address;
}

bool Peers::is_static(const Address& address) const {
  for (auto peer = peers_.lower_bound(Endpoint{address, 0});
       peer != peers_.end() && peer->first.address == address; ++peer)
    if (peer->second.is_static) return true;
  return false;
}

std::vector<Endpoint> Peers::targets() const {
  std::vector<Endpoint> targets;
  std::map<std::string, std::pair<milliseconds, Endpoint>> instances;
  for (const auto& [endpoint, peer] : peers_) {
    if (peer.instance.empty()) {
      targets.push_back(endpoint);
      continue;
    }
    const auto [entry, is_new] = instances.try_emplace(peer.instance, peer.heard, endpoint);
    if (!is_new && peer.heard > entry->second.first) entry->second = {peer.heard, endpoint};
  }
  for (const auto& [instance, best] : instances) targets.push_back(best.second);
  return targets;
}

bool Peers::note_unreachable(const Endpoint& endpoint) {
  const auto found = peers_.find(endpoint);
  if (found == peers_.end() || found->second.is_static) return false;
  if (!found->second.was_unreachable) {
    found->second.was_unreachable = true;
    return false;
  }
  peers_.erase(found);
  return true;
}

bool Peers::leave(const Endpoint& endpoint, const std::string& instance) {
  return std::erase_if(peers_, [&](const auto& entry) {
           const Peer& peer = entry.second;
           return !peer.is_static &&
                  (entry.first == endpoint || (!instance.empty() && peer.instance == instance));
         }) != 0;
}

void Peers::sweep(milliseconds now) {
  std::erase_if(peers_, [&](const auto& entry) {
    return !entry.second.is_static && now - entry.second.heard >= life_;
  });
}

}  // namespace oxpush
