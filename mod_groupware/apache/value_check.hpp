// Judges the values of the directives together, without a look at the machine or at httpd. Free of httpd.
#pragma once

#include <string>
#include <vector>

#include "core/settings.hpp"

namespace gw::apache {

/// What an administrator must mend before the server may start.
struct ConfigProblem {
  std::string text;
  /// A state of the machine (a folder is missing) rather than of the text: no reason to end a running server
  /// when it restarts gracefully.
  bool is_environment = false;
};

/// Problems of the values alone.
std::vector<ConfigProblem> check_values(const Settings& settings, bool api_is_wanted);
/// More MySQL connections than its default allows: a hint, no error. Empty: nothing to say.
std::string describe_connection_count(const Settings& settings, int processes);

}  // namespace gw::apache
