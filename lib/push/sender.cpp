#include "push/sender.hpp"

#include <unistd.h>

#include <cerrno>
#include <exception>
#include <utility>

#include "core/crypto.hpp"
#include "push/unix_address.hpp"

namespace gw::push {

Sender::Sender(std::string socket_path) : path_(std::move(socket_path)) {}

Sender::~Sender() {
  if (socket_ >= 0) close(socket_);
}

bool Sender::open_socket() noexcept {
  if (socket_ < 0) socket_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  return socket_ >= 0;
}

/// Not connected: the path is looked up each time, which costs a microsecond and makes a replaced socket
/// harmless.
Sender::Outcome Sender::hand_over(std::string_view datagram) noexcept {
  const auto address = unix_address(path_);
  if (!address || !open_socket()) return Outcome::Lost;
  for (;;) {
    if (sendto(socket_, datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL, address->get(),
               address->size) >= 0) {
      return Outcome::Taken;
    }
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? Outcome::Full : Outcome::Lost;
  }
}

void Sender::flush_locked() noexcept {
  while (!backlog_.empty()) {
    const Outcome outcome = hand_over(backlog_.front());
    if (outcome == Outcome::Full) break;
    ++(outcome == Outcome::Taken ? sent_ : dropped_);
    backlog_bytes_ -= backlog_.front().size();
    gw::wipe(backlog_.front());
    backlog_.pop_front();
  }
  backlog_count_.store(backlog_.size());
}

bool Sender::send_locked(std::string&& datagram) {
  // Behind what waits already: the order of the events is kept.
  const Outcome outcome = backlog_.empty() ? hand_over(datagram) : Outcome::Full;
  if (outcome == Outcome::Taken) {
    ++sent_;
    // Some hold a secret (MailWatch); the others cost little.
    gw::wipe(datagram);
    return true;
  }
  if (outcome == Outcome::Lost || backlog_.size() >= kLongestBacklog ||
      backlog_bytes_ + datagram.size() > kLargestBacklog) {
    ++dropped_;
    gw::wipe(datagram);
    return false;
  }
  backlog_bytes_ += datagram.size();
  backlog_.push_back(std::move(datagram));
  backlog_count_.store(backlog_.size());
  return true;
}

bool Sender::send(const EventRecord& event) noexcept {
  try {
    bool is_whole = true;
    std::vector<std::string> datagrams = encode_event(event);
    const std::lock_guard lock(mutex_);
    flush_locked();
    for (std::string& datagram : datagrams) is_whole &= send_locked(std::move(datagram));
    return is_whole;
  } catch (const std::exception&) {
    ++dropped_;
    return false;
  }
}

bool Sender::send(const Control& control) noexcept {
  try {
    std::string datagram = encode_control(control);
    const std::lock_guard lock(mutex_);
    flush_locked();
    return send_locked(std::move(datagram));
  } catch (const std::exception&) {
    ++dropped_;
    return false;
  }
}

void Sender::flush() noexcept {
  const std::lock_guard lock(mutex_);
  flush_locked();
}

}  // namespace gw::push
