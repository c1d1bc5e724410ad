#include "bus_server.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "push/event_record.hpp"

namespace oxpush {
namespace {

constexpr int kAcceptedPerTurn = 32;
/// A worker may be this far behind; the kernel may grant less.
constexpr int kSendBuffer = 1024 * 1024;

bool is_of(int descriptor, uid_t owner) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == owner || peer.uid == 0;
}

}  // namespace

BusServer::BusServer(Loop& loop, int listener, uid_t owner, Counters& counters)
    : loop_(loop), listener_(listener), owner_(owner), counters_(counters) {
  counters_.bus_connections = 0;
  loop_.watch(listener_, EPOLLIN, [this](std::uint32_t) { accept_all(); });
}

BusServer::~BusServer() {
  loop_.forget(listener_);
  while (!connections_.empty()) drop(connections_.begin()->first);
}

void BusServer::accept_all() {
  for (int i = 0; i < kAcceptedPerTurn; ++i) {
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return;
    if (connections_.size() >= kMostConnections || !is_of(descriptor, owner_)) {
      ++counters_.bus_refused;
      close(descriptor);
      continue;
    }
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof(kSendBuffer));
    connections_[descriptor] = false;
    counters_.bus_connections = connections_.size();
    loop_.watch(descriptor, EPOLLIN,
                [this, descriptor](std::uint32_t events) { on_ready(descriptor, events); });
  }
}

/// A worker says nothing: what is to be read is its end, or a mistake.
void BusServer::on_ready(int descriptor, std::uint32_t events) {
  if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) {
    drop(descriptor);
    return;
  }
  const std::string gap = gw::push::encode_gap();
  if (::send(descriptor, gap.data(), gap.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) drop(descriptor);
    return;
  }
  connections_[descriptor] = false;
  loop_.change(descriptor, EPOLLIN);
}

void BusServer::send(int descriptor, std::string_view record) {
  bool& has_gap = connections_[descriptor];
  if (!has_gap) {
    if (::send(descriptor, record.data(), record.size(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) {
      ++counters_.bus_sent;
      return;
    }
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR && errno != ENOBUFS) {
      drop(descriptor);
      return;
    }
    has_gap = true;
    loop_.change(descriptor, EPOLLIN | EPOLLOUT);
  }
  ++counters_.bus_dropped;
}

void BusServer::publish(std::string_view record) {
  std::vector<int> descriptors;
  descriptors.reserve(connections_.size());
  for (const auto& [descriptor, has_gap] : connections_) descriptors.push_back(descriptor);
  for (const int descriptor : descriptors) send(descriptor, record);
}

void BusServer::drop(int descriptor) {
  loop_.forget(descriptor);
  close(descriptor);
  connections_.erase(descriptor);
  counters_.bus_connections = connections_.size();
}

}  // namespace oxpush
