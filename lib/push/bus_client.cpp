#include "push/bus_client.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "push/unix_address.hpp"

namespace gw::push {

BusClient::BusClient(std::string socket_path) : path_(std::move(socket_path)) {}

BusClient::~BusClient() { close(); }

void BusClient::close() noexcept {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool BusClient::connect() {
  close();
  const auto address = unix_address(path_);
  if (!address) {
    errno = ENAMETOOLONG;
    return false;
  }
  buffer_.resize(kLongestRecord + 1);
  socket_ = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return false;
  if (::connect(socket_, address->get(), address->size) == 0) return true;
  const int reason = errno;
  close();
  errno = reason;
  return false;
}

BusClient::Read BusClient::next(EventRecord& event) {
  while (socket_ >= 0) {
    const ssize_t got = recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Read::Empty;
    if (got <= 0) break;
    const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(got));
    if (is_gap(bytes)) return Read::Gap;
    if (auto decoded = decode_event(bytes)) {
      event = std::move(*decoded);
      return Read::Event;
    }
    const auto control = decode_control(bytes);
    const auto* question = control ? std::get_if<UserQuestion>(&*control) : nullptr;
    if (question != nullptr) {
      question_ = *question;
      return Read::Asked;
    }
  }
  close();
  return Read::Closed;
}

}  // namespace gw::push
