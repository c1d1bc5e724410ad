#include "bus_server.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "push/control_record.hpp"
#include "push/event_record.hpp"

namespace oxpush {
namespace {

constexpr int kAcceptedPerTurn = 32;
/// A worker may be this far behind; the kernel may grant less.
constexpr int kSendBuffer = 1024 * 1024;

/// The errors of a socket that will take or give more later.
bool is_full(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ENOBUFS;
}

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
    connections_[descriptor] = {};
    counters_.bus_connections = connections_.size();
    loop_.watch(descriptor, EPOLLIN,
                [this, descriptor](std::uint32_t events) { on_ready(descriptor, events); });
  }
}

/// A worker says nothing: what is to be read is its end, a command, or a mistake.
void BusServer::on_ready(int descriptor, std::uint32_t events) {
  const bool wants_read = (events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0;
  if (wants_read && !take_command(descriptor)) return drop(descriptor);
  if ((events & EPOLLOUT) == 0) return;
  Connection& connection = connections_.at(descriptor);
  if (connection.is_command) return send_answer(descriptor);
  const std::string gap = gw::push::encode_gap();
  if (::send(descriptor, gap.data(), gap.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
    if (!is_full(errno)) drop(descriptor);
    return;
  }
  connection.has_gap = false;
  loop_.change(descriptor, EPOLLIN);
}

/// Returns: false when the connection is over, or says what nobody understands.
bool BusServer::take_command(int descriptor) {
  std::string record(gw::push::kLongestRecord + 1, '\0');
  const ssize_t got = recv(descriptor, record.data(), record.size(), MSG_DONTWAIT);
  if (got < 0 && is_full(errno)) return true;
  if (got <= 0) return false;
  const auto control = gw::push::decode_control({record.data(), static_cast<std::size_t>(got)});
  const auto* command = control ? std::get_if<gw::push::Command>(&*control) : nullptr;
  Connection& connection = connections_.at(descriptor);
  if (command == nullptr || connection.is_command || !run_command_) return false;
  connection.is_command = true;
  connection.answer = run_command_(command->text);
  if (connection.answer.empty()) return false;
  loop_.change(descriptor, EPOLLIN | EPOLLOUT);
  return true;
}

void BusServer::send_answer(int descriptor) {
  Connection& connection = connections_.at(descriptor);
  const std::string part = connection.answer.substr(0, gw::push::kLongestControlText);
  const bool is_last = part.size() == connection.answer.size();
  const std::string record = gw::push::encode_control(gw::push::CommandAnswer{part, is_last});
  if (::send(descriptor, record.data(), record.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
    if (!is_full(errno)) drop(descriptor);
    return;
  }
  connection.answer.erase(0, part.size());
  if (is_last) loop_.change(descriptor, EPOLLIN);
}

void BusServer::send(int descriptor, std::string_view record) {
  Connection& connection = connections_.at(descriptor);
  if (!connection.has_gap) {
    if (::send(descriptor, record.data(), record.size(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) {
      ++counters_.bus_sent;
      return;
    }
    if (!is_full(errno)) {
      drop(descriptor);
      return;
    }
    connection.has_gap = true;
    loop_.change(descriptor, EPOLLIN | EPOLLOUT);
  }
  ++counters_.bus_dropped;
}

bool BusServer::ask(std::string_view record) {
  auto next = connections_.upper_bound(asked_last_);
  for (std::size_t i = 0; i < connections_.size(); ++i, ++next) {
    if (next == connections_.end()) next = connections_.begin();
    const auto& [descriptor, connection] = *next;
    if (connection.is_command || connection.has_gap) continue;
    if (::send(descriptor, record.data(), record.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) continue;
    asked_last_ = descriptor;
    return true;
  }
  return false;
}

void BusServer::publish(std::string_view record) {
  std::vector<int> descriptors;
  descriptors.reserve(connections_.size());
  for (const auto& [descriptor, connection] : connections_)
    if (!connection.is_command) descriptors.push_back(descriptor);
  for (const int descriptor : descriptors) send(descriptor, record);
}

void BusServer::drop(int descriptor) {
  loop_.forget(descriptor);
  close(descriptor);
  connections_.erase(descriptor);
  counters_.bus_connections = connections_.size();
}

}  // namespace oxpush
