// Where the push child listens, as mod_oxpush tells.
#pragma once

#include <optional>
#include <string>

namespace gw::apache {

struct PushSockets {
  std::string events;
  std::string bus;
  /// Keys of UDP clients are derived from it; empty: they do not sign.
  std::string client_master;
  /// The push child wants to be told of INBOXes to listen to.
  bool listens_to_mail = false;
};
/// Empty: mod_oxpush is not loaded, or push is off. Threads: any, from post_config on.
std::optional<PushSockets> find_push_sockets();

}  // namespace gw::apache
