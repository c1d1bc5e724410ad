#include "bind.hpp"

#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "push/unix_address.hpp"

namespace oxpush {
namespace {

/// Holds some thousand datagrams while the child is replaced; the kernel may grant less.
constexpr int kReceiveBuffer = 4 * 1024 * 1024;
constexpr int kSendBuffer = 1024 * 1024;
constexpr int kBacklog = 128;
constexpr mode_t kPrivateFile = 0077;

void set_option(int socket, int level, int name, int value) {
  setsockopt(socket, level, name, &value, sizeof(value));
}

int close_with_reason(int socket) {
  const int reason = errno;
  close(socket);
  errno = reason;
  return -1;
}

int open_udp(const Endpoint& endpoint) {
  const int opened = socket(endpoint.address.family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (opened < 0) return -1;
  set_option(opened, SOL_SOCKET, SO_RCVBUF, kReceiveBuffer);
  set_option(opened, SOL_SOCKET, SO_SNDBUF, kSendBuffer);
  if (endpoint.address.is_v4()) {
    set_option(opened, IPPROTO_IP, IP_PKTINFO, 1);
    set_option(opened, IPPROTO_IP, IP_RECVERR, 1);
    set_option(opened, IPPROTO_IP, IP_MULTICAST_TTL, 1);
    set_option(opened, IPPROTO_IP, IP_MULTICAST_ALL, 0);
  } else {
    set_option(opened, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    set_option(opened, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    set_option(opened, IPPROTO_IPV6, IPV6_RECVERR, 1);
    set_option(opened, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 1);
    set_option(opened, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
  }
  return opened;
}

bool bind_to(int socket, const Endpoint& endpoint) {
  sockaddr_storage raw{};
  const socklen_t size = to_socket_address(endpoint, raw);
  return bind(socket, reinterpret_cast<const sockaddr*>(&raw), size) == 0;
}

bool join(int socket, const Address& group, const std::string& interface) {
  const unsigned index = interface.empty() ? 0 : if_nametoindex(interface.c_str());
  if (!interface.empty() && index == 0) return false;
  if (group.is_v4()) {
    ip_mreqn request{};
    std::memcpy(&request.imr_multiaddr, group.bytes.data(), 4);
    request.imr_ifindex = static_cast<int>(index);
    return setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof(request)) == 0;
  }
  ipv6_mreq request{};
  std::memcpy(&request.ipv6mr_multiaddr, group.bytes.data(), 16);
  request.ipv6mr_interface = index;
  return setsockopt(socket, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &request, sizeof(request)) == 0;
}

/// Never follows a link: the folder may belong to somebody else.
bool give_to(const std::string& path, const Owner& owner) {
  if (owner.user == static_cast<uid_t>(-1)) return true;
  return lchown(path.c_str(), owner.user, owner.group) == 0;
}

bool remove_old_socket(const std::string& path) {
  struct stat found {};
  if (lstat(path.c_str(), &found) != 0) return errno == ENOENT;
  if (!S_ISSOCK(found.st_mode)) {
    errno = EEXIST;
    return false;
  }
  return unlink(path.c_str()) == 0;
}

}  // namespace

int bind_udp(const Endpoint& endpoint) {
  const int opened = open_udp(endpoint);
  if (opened < 0) return -1;
  return bind_to(opened, endpoint) ? opened : close_with_reason(opened);
}

int bind_multicast(const Endpoint& group, const std::vector<std::string>& interfaces) {
  const int opened = open_udp(group);
  if (opened < 0) return -1;
  // Every server on this host hears the group.
  set_option(opened, SOL_SOCKET, SO_REUSEADDR, 1);
  // A link-local group of IPv6 can be bound for one interface only; the exchange passes over what was not
  // sent to a group.
  const Endpoint bound = group.address.is_v4() ? group : Endpoint{*parse_address("::"), group.port};
  if (!bind_to(opened, bound)) return close_with_reason(opened);
  for (const std::string& interface : interfaces.empty() ? std::vector<std::string>{""} : interfaces)
    if (!join(opened, group.address, interface)) return close_with_reason(opened);
  return opened;
}

int bind_unix(const std::string& path, UnixKind kind, const Owner& owner) {
  const auto address = gw::push::unix_address(path);
  if (!address) {
    errno = ENAMETOOLONG;
    return -1;
  }
  if (!remove_old_socket(path)) return -1;
  const int type = kind == UnixKind::Datagram ? SOCK_DGRAM : SOCK_SEQPACKET;
  const int opened = socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (opened < 0) return -1;
  const mode_t before = umask(kPrivateFile | 0100);
  const bool is_bound = bind(opened, address->get(), address->size) == 0;
  umask(before);
  if (!is_bound || !give_to(path, owner)) return close_with_reason(opened);
  if (kind == UnixKind::Listener && listen(opened, kBacklog) != 0) return close_with_reason(opened);
  return opened;
}

bool make_folder(const std::string& path, const Owner& owner) {
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return false;
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return false;
  const bool is_given = owner.user == static_cast<uid_t>(-1) || fchown(folder, owner.user, owner.group) == 0;
  const bool is_private = is_given && fchmod(folder, 0700) == 0;
  const int reason = errno;
  close(folder);
  errno = reason;
  return is_private;
}

}  // namespace oxpush
