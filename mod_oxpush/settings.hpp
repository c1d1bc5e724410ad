// What the OXPush directives configure, for the main server. Knows no httpd.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/engine_settings.hpp"

namespace oxpush {

struct Settings {
  bool is_enabled = false;
  /// As written: absolute, or relative to DefaultRuntimeDir.
  std::string pid_file = "oxpush.pid";
  std::string sockets_prefix = "oxpush";
  std::string state_folder = "oxpush";
  milliseconds restart_delay_min{100};
  milliseconds restart_delay_max{30'000};
  /// Addresses with or without port, `*` for all; empty: `*`.
  std::vector<std::string> client_binds;
  /// As above; empty: servers talk to the clients' sockets.
  std::vector<std::string> cluster_binds;
  /// Hosts or addresses with or without port.
  std::vector<std::string> peers;
  /// Multicast addresses with or without port; empty: 224.0.0.1.
  std::vector<std::string> groups;
  std::uint16_t group_port = 9982;
  std::vector<std::string> interfaces;
  std::string key_file;
  EngineSettings engine{.mail_listeners = 1'000};

  /// Made of the names above by check_config.
  std::string events_path;
  std::string bus_path;
};

}  // namespace oxpush
