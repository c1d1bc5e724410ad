#include "udp_sockets.hpp"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "push/packet.hpp"

namespace oxpush {
namespace {

/// Datagrams that one turn takes from one socket, so that the others have their turn.
constexpr int kReceivedPerTurn = 128;
constexpr std::size_t kBatch = 64;
/// Complaints of earlier packets surface at a send; each is about another packet, so the send is tried again.
constexpr int kMostRetries = 8;

struct Control {
  alignas(cmsghdr) std::array<char, 256> bytes{};
};

/// The address of ours that a datagram was sent to.
Address local_of(msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    sockaddr_storage raw{};
    if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
      in_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(part), sizeof(info));
      raw.ss_family = AF_INET;
      reinterpret_cast<sockaddr_in&>(raw).sin_addr = info.ipi_spec_dst;
      return from_socket_address(raw).address;
    }
    if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(part), sizeof(info));
      raw.ss_family = AF_INET6;
      reinterpret_cast<sockaddr_in6&>(raw).sin6_addr = info.ipi6_addr;
      reinterpret_cast<sockaddr_in6&>(raw).sin6_scope_id = info.ipi6_ifindex;
      const Address address = from_socket_address(raw).address;
      return address.is_unicast() ? address : Address{};
    }
  }
  return {};
}

template <class Info>
void put_control(msghdr& message, Control& control, int level, int type, const Info& info) {
  message.msg_control = control.bytes.data();
  message.msg_controllen = CMSG_SPACE(sizeof(Info));
  cmsghdr* part = CMSG_FIRSTHDR(&message);
  part->cmsg_level = level;
  part->cmsg_type = type;
  part->cmsg_len = CMSG_LEN(sizeof(Info));
  std::memcpy(CMSG_DATA(part), &info, sizeof(info));
}

void put_source(msghdr& message, Control& control, const Address& from, std::uint32_t interface, bool is_v4) {
  if (from.is_none() && interface == 0) return;
  if (is_v4) {
    in_pktinfo info{};
    info.ipi_ifindex = static_cast<int>(interface);
    if (!from.is_none()) std::memcpy(&info.ipi_spec_dst, from.bytes.data(), 4);
    put_control(message, control, IPPROTO_IP, IP_PKTINFO, info);
  } else {
    in6_pktinfo info{};
    info.ipi6_ifindex = interface != 0 ? interface : from.scope;
    if (!from.is_none()) std::memcpy(&info.ipi6_addr, from.bytes.data(), 16);
    put_control(message, control, IPPROTO_IPV6, IPV6_PKTINFO, info);
  }
}

/// The parts of one recvmsg: where the bytes go, who the other end is, and what the kernel adds.
struct Incoming {
  explicit Incoming(std::string& buffer) : part{buffer.data(), buffer.size()} {
    message.msg_name = &peer;
    message.msg_namelen = sizeof(peer);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
  }
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  [[nodiscard]] Endpoint endpoint() const { return from_socket_address(peer); }

  sockaddr_storage peer{};
  Control control;
  iovec part;
  msghdr message{};
};

/// What the errors of a send mean.
bool is_complaint(int error) {
  return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EHOSTDOWN ||
         error == EMSGSIZE || error == EINTR;
}

}  // namespace

/// The parts of sendmmsg for some datagrams.
struct UdpSockets::Batch {
  std::array<mmsghdr, kBatch> headers{};
  std::array<iovec, kBatch> parts{};
  std::array<sockaddr_storage, kBatch> names{};
  std::array<Control, kBatch> controls{};

  /// Returns: how many were taken.
  unsigned fill(const std::deque<Datagram>& waiting) {
    const std::size_t count = std::min(waiting.size(), kBatch);
    for (std::size_t i = 0; i < count; ++i) {
      const Datagram& datagram = waiting[i];
      msghdr& message = headers[i].msg_hdr;
      message = {};
      parts[i] = {const_cast<char*>(datagram.bytes.data()), datagram.bytes.size()};
      message.msg_name = &names[i];
      message.msg_namelen = to_socket_address(datagram.to, names[i]);
      message.msg_iov = &parts[i];
      message.msg_iovlen = 1;
      put_source(message, controls[i], datagram.from, datagram.interface, datagram.to.address.is_v4());
    }
    return static_cast<unsigned>(count);
  }
};

UdpSockets::UdpSockets(Loop& loop, std::vector<int> descriptors, Counters& counters, Listener listener)
    : loop_(loop),
      counters_(counters),
      listener_(std::move(listener)),
      buffer_(gw::push::kLongestDatagram + 1, '\0') {
  for (const int descriptor : descriptors) sockets_.push_back({.descriptor = descriptor});
  for (std::size_t via = 0; via < sockets_.size(); ++via)
    loop_.watch(sockets_[via].descriptor, EPOLLIN,
                [this, via](std::uint32_t events) { on_ready(via, events); });
}

void UdpSockets::on_ready(std::size_t via, std::uint32_t events) {
  if ((events & EPOLLERR) != 0) read_complaints(via);
  if ((events & EPOLLIN) != 0) receive(via);
  Socket& socket = sockets_[via];
  if ((events & EPOLLOUT) != 0 && socket.is_blocked) {
    socket.is_blocked = false;
    loop_.change(socket.descriptor, EPOLLIN);
  }
}

void UdpSockets::receive(std::size_t via) {
  for (int i = 0; i < kReceivedPerTurn; ++i) {
    Incoming incoming(buffer_);
    const ssize_t got = recvmsg(sockets_[via].descriptor, &incoming.message, MSG_DONTWAIT);
    if (got < 0) {
      if (is_complaint(errno)) continue;
      return;
    }
    listener_.packet(via, incoming.endpoint(), local_of(incoming.message),
                     {buffer_.data(), static_cast<std::size_t>(got)});
  }
}

/// Each complaint carries the address that the lost packet was sent to.
void UdpSockets::read_complaints(std::size_t via) {
  for (int i = 0; i < kReceivedPerTurn; ++i) {
    Incoming incoming(buffer_);
    msghdr& message = incoming.message;
    if (recvmsg(sockets_[via].descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return;
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
      const bool is_v4 = head->cmsg_level == IPPROTO_IP && head->cmsg_type == IP_RECVERR;
      const bool is_v6 = head->cmsg_level == IPPROTO_IPV6 && head->cmsg_type == IPV6_RECVERR;
      if (!is_v4 && !is_v6) continue;
      sock_extended_err error{};
      std::memcpy(&error, CMSG_DATA(head), sizeof(error));
      // Only what the other host itself says: a router's complaint may be over in a minute.
      if (error.ee_errno == ECONNREFUSED) listener_.unreachable(incoming.endpoint());
    }
  }
}

void UdpSockets::send(std::size_t via, const Endpoint& to, const Address& from, std::uint32_t interface,
                      std::string_view bytes) {
  Socket& socket = sockets_[via];
  if (socket.waiting.size() >= kBatch && !socket.is_blocked) flush(socket);
  if (socket.waiting.size() >= kMostWaiting) {
    ++counters_.packets_unsent;
    return;
  }
  socket.waiting.push_back({to, from, interface, std::string(bytes)});
}

void UdpSockets::flush(Socket& socket) {
  const auto batch = std::make_unique<Batch>();
  int retries = 0;
  while (!socket.waiting.empty() && !socket.is_blocked) {
    const unsigned count = batch->fill(socket.waiting);
    const int sent = sendmmsg(socket.descriptor, batch->headers.data(), count, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) {
      socket.waiting.erase(socket.waiting.begin(), socket.waiting.begin() + sent);
      retries = 0;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) {
      socket.is_blocked = true;
      loop_.change(socket.descriptor, EPOLLIN | EPOLLOUT);
    } else if (!is_complaint(errno) || ++retries > kMostRetries) {
      socket.waiting.pop_front();
      ++counters_.packets_unsent;
      retries = 0;
    }
  }
}

void UdpSockets::flush() {
  for (Socket& socket : sockets_)
    if (!socket.waiting.empty() && !socket.is_blocked) flush(socket);
}

}  // namespace oxpush
