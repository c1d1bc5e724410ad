// Where the push child of this machine listens, as an httpd configuration says.
#pragma once

#include <optional>
#include <string>

namespace groupwarectl {

struct PushPlace {
  std::string events;  ///< where events go
  std::string bus;     ///< where commands are answered
};

/// The sockets of a name prefix.
PushPlace push_place(const std::string& prefix);

/// Of OXPush, OXPushSockets and DefaultRuntimeDir; the last line of a kind counts, as in the server. Where no
/// line names the runtime folder, or a variable that is unknown here does, Debian's is taken.
/// Errors: UsageError as read_httpd_config; empty when OXPush is not On
std::optional<PushPlace> find_push_place(const std::string& config_file);

}  // namespace groupwarectl
