// The address of a Unix socket from its path.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <optional>
#include <string_view>

namespace gw::push {

struct UnixAddress {
  sockaddr_un raw{};
  socklen_t size = 0;
  [[nodiscard]] const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&raw); }
};

/// Errors: empty for an empty path and for one that the kernel cannot take (above 107 bytes).
std::optional<UnixAddress> unix_address(std::string_view path) noexcept;

}  // namespace gw::push
