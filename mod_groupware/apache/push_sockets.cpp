#include "apache/push_sockets.hpp"

#include "mod_oxpush/optional.h"

namespace gw::apache {

std::optional<PushSockets> find_push_sockets() {
  auto* const paths = APR_RETRIEVE_OPTIONAL_FN(oxpush_socket_paths);
  const char* events = nullptr;
  const char* bus = nullptr;
  if (paths == nullptr || paths(&events, &bus) == 0 || events == nullptr || bus == nullptr)
    return std::nullopt;
  auto* const master = APR_RETRIEVE_OPTIONAL_FN(oxpush_client_master);
  const char* secret = master == nullptr ? nullptr : master();
  auto* const listens = APR_RETRIEVE_OPTIONAL_FN(oxpush_listens_to_mail);
  return PushSockets{events, bus, secret == nullptr ? "" : secret, listens != nullptr && listens() != 0};
}

}  // namespace gw::apache
