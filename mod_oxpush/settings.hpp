// What the OXPush directives configure, as plain data for the main server. Knows no httpd.
#pragma once

#include <chrono>

namespace oxpush {

struct Settings {
  bool is_enabled = false;
  /// As written: absolute, or relative to DefaultRuntimeDir. Owned by the configuration pool.
  const char* pid_file = "oxpush.pid";
  std::chrono::milliseconds restart_delay_min{100};
  std::chrono::milliseconds restart_delay_max{30'000};
};

}  // namespace oxpush
