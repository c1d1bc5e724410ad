#include "push/unix_address.hpp"

#include <cstddef>
#include <cstring>

namespace gw::push {

std::optional<UnixAddress> unix_address(std::string_view path) noexcept {
  UnixAddress address;
  if (path.empty() || path.size() >= sizeof(address.raw.sun_path)) return std::nullopt;
  address.raw.sun_family = AF_UNIX;
  std::memcpy(address.raw.sun_path, path.data(), path.size());
  address.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  return address;
}

}  // namespace gw::push
