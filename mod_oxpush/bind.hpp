// Opens the sockets of the push child. The parent does it, so that they outlive every child. Knows no httpd.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "engine/outlet.hpp"

namespace oxpush {

/// Owner and group of what is made in the file system; -1: as they are.
struct Owner {
  uid_t user = static_cast<uid_t>(-1);
  gid_t group = static_cast<gid_t>(-1);
};

/// All of them: close-on-exec, non-blocking; -1 with errno when the kernel refuses.
/// Threads: parent only, as umask is touched

/// For clients or servers. IPv6 sockets take no IPv4.
int bind_udp(const Endpoint& endpoint);

/// For announcements: hears the group on each interface (empty: the system's choice), and only what is sent
/// to the group.
int bind_multicast(const Endpoint& group, const std::vector<std::string>& interfaces);

enum class UnixKind { Datagram, Listener };
/// A socket in the file system, mode 0600. A socket that lies there is replaced; anything else there is an
/// error.
int bind_unix(const std::string& path, UnixKind kind, const Owner& owner);

/// A folder, mode 0700, made when it is missing.
/// Errors: false with errno; a link or a file in its place is an error
bool make_folder(const std::string& path, const Owner& owner);

}  // namespace oxpush
