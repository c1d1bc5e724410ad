#include "mail/net/socket.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"

namespace gw::mail::net {
namespace {

using AddressInfo = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

AddressInfo resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  int problem = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (problem == EAI_NONAME || problem == EAI_ADDRFAMILY) {
    // Without a configured address of that family a literal loopback address would be refused.
    hints.ai_flags = AI_NUMERICSERV | AI_NUMERICHOST;
    problem = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  }
  if (problem != 0) throw ApiError(errors::msg::kUnknownHost, {host});
  return {found, &freeaddrinfo};
}

std::string describe(int number) { return std::generic_category().message(number); }

/// Milliseconds for poll, rounded up so that it never spins.
int poll_time(const Deadline& deadline) {
  return static_cast<int>(std::min<std::int64_t>(deadline.left().count() + 1, 60'000));
}

bool poll_for(int descriptor, short events, const Deadline& deadline) {
  for (;;) {
    if (deadline.left().count() == 0) return false;
    pollfd wanted{descriptor, events, 0};
    const int ready = poll(&wanted, 1, poll_time(deadline));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

/// 0, or why this address cannot be connected to.
int connect_address(int descriptor, const addrinfo& address, const Deadline& deadline) {
  if (::connect(descriptor, address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!poll_for(descriptor, POLLOUT, deadline)) return ETIMEDOUT;
  int problem = 0;
  socklen_t size = sizeof problem;
  if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &size) != 0) return errno;
  return problem;
}

[[noreturn]] void throw_connect_error(const std::string& host, int number) {
  if (number == EHOSTUNREACH || number == ENETUNREACH) throw ApiError(errors::msg::kNoRoute, {host});
  if (number == EADDRNOTAVAIL) throw ApiError(errors::msg::kBind, {host});
  throw ApiError(errors::msg::kConnectFailed, {host, describe(number)});
}

}  // namespace

Timeout Deadline::left() const {
  const auto left = std::chrono::duration_cast<Timeout>(end_ - std::chrono::steady_clock::now());
  return std::max(left, Timeout{0});
}

void throw_network_error(const std::string& host, int number) {
  if (number == ECONNRESET || number == EPIPE) throw ConnectionClosed(errors::msg::kConnectionReset, {host});
  if (number == EHOSTUNREACH || number == ENETUNREACH) throw ApiError(errors::msg::kNoRoute, {host});
  throw ApiError(errors::msg::kConnectionLost, {host, describe(number)});
}

bool is_denied(const NetworkList* denied, const sockaddr* address, std::size_t size) {
  if (denied == nullptr) return false;
  char text[NI_MAXHOST];
  // What cannot be written down is denied; so is an address with a scope, which is of this link.
  return getnameinfo(address, static_cast<socklen_t>(size), text, sizeof text, nullptr, 0, NI_NUMERICHOST) !=
             0 ||
         denied->contains(text);
}

std::vector<std::string> find_addresses(const std::string& host, std::size_t most) {
  std::vector<std::string> found;
  try {
    const AddressInfo addresses = resolve(host, 1);
    char text[NI_MAXHOST];
    for (const addrinfo* each = addresses.get(); each != nullptr && found.size() < most; each = each->ai_next)
      if (getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
        found.emplace_back(text);
  } catch (const ApiError&) {
    found.clear();
  }
  return found;
}

bool leads_to_denied(const NetworkList* denied, const std::string& host) {
  if (denied == nullptr) return false;
  try {
    const AddressInfo addresses = resolve(host, 1);
    for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next)
      if (!is_denied(denied, each->ai_addr, each->ai_addrlen)) return false;
    return true;
  } catch (const ApiError&) {
    return false;
  }
}

Socket Socket::connect(const std::string& host, int port, Timeout timeout, const NetworkList* denied) {
  if (port <= 0 || port > 65'535) throw ApiError(errors::msg::kPortUnreachable, {host, std::to_string(port)});
  const AddressInfo addresses = resolve(host, port);
  const Deadline deadline(timeout);
  std::vector<const addrinfo*> allowed;
  for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next)
    if (!is_denied(denied, each->ai_addr, each->ai_addrlen)) allowed.push_back(each);
  if (allowed.empty()) throw ApiError(errors::acc::kHostDenied, {host, std::to_string(port)});
  auto left = static_cast<int>(allowed.size());
  int problem = ETIMEDOUT;
  for (const addrinfo* each : allowed) {
    const int descriptor =
        ::socket(each->ai_family, each->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, each->ai_protocol);
    if (descriptor < 0) {
      problem = errno;
      continue;
    }
    Socket socket(descriptor, host);
    problem = connect_address(descriptor, *each, Deadline(deadline.left() / left--));
    if (problem != 0) continue;
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    return socket;
  }
  throw_connect_error(host, problem);
}

Socket::Socket(Socket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), host_(std::move(other.host_)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(host_, other.host_);
  return *this;
}

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Socket::wait(bool for_reading, const Deadline& deadline) const {
  if (!poll_for(descriptor_, for_reading ? POLLIN : POLLOUT, deadline)) throw_network_error(host_, ETIMEDOUT);
}

bool Socket::has_input() const {
  pollfd wanted{descriptor_, POLLIN, 0};
  return poll(&wanted, 1, 0) > 0;
}

std::size_t Socket::read_some(std::span<char> into, const Deadline& deadline) {
  for (;;) {
    const ssize_t count = recv(descriptor_, into.data(), into.size(), 0);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN)
      wait(true, deadline);
    else if (errno != EINTR)
      throw_network_error(host_, errno);
  }
}

void Socket::write_all(std::string_view bytes, const Deadline& deadline) {
  while (!bytes.empty()) {
    // MSG_NOSIGNAL: a server that hangs up must not end the process.
    const ssize_t count = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count > 0)
      bytes.remove_prefix(static_cast<std::size_t>(count));
    else if (errno == EAGAIN)
      wait(false, deadline);
    else if (errno != EINTR)
      throw_network_error(host_, errno);
  }
}

}  // namespace gw::mail::net
