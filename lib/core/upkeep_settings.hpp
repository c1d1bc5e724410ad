// Settings of what a server does without being asked: its work by the clock, and looking after itself. Part
// of Settings.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace gw {

/// Work by the clock that one process of the cluster does for all (model/jobs).
struct JobSettings {
  bool enabled = true;  ///< false: only groupwarectl does it
  std::chrono::milliseconds interval{60'000};
  /// How long it is known what was deleted. 0: for ever.
  std::chrono::milliseconds tombstones{std::chrono::hours(24 * 90)};
};

/// What /health looks at (lib/monitoring/health.hpp).
struct HealthSettings {
  std::chrono::milliseconds budget{2'000};  ///< of all checks together
  std::chrono::milliseconds cached{5'000};  ///< how long an answer is given again
  std::int64_t disk_free = 67'108'864;      ///< bytes
  bool writes_files = false;                ///< the file store is written to and read
  /// Signs in at the mail server. Empty: nobody does.
  std::string probe_login, probe_secret;
  std::vector<std::string> skipped, ignored;  ///< names of checks
};

}  // namespace gw
