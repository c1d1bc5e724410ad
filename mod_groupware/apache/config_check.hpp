// Judges the whole configuration once all directives were read: combinations, folders, modules. Runs for `httpd -t` too.
#pragma once

#include <httpd.h>

#include <string>
#include <vector>

#include "apache/module_config.hpp"

namespace gw::apache {

/// What an administrator must mend before the server may start.
struct ConfigProblem {
  std::string text;
  /// A state of the machine (a folder is missing) rather than of the text: no reason to end a running server when it
  /// restarts gracefully.
  bool is_environment = false;
};

/// Problems of the values alone. Free of httpd's state.
std::vector<ConfigProblem> check_values(const Settings& settings, bool api_is_wanted);
/// The folders that the account of the server must be able to write to. Nothing is checked when that account is unknown.
std::vector<ConfigProblem> check_folders(const Settings& settings, bool api_is_wanted);
/// GroupwareBodyLimit and GroupwareUploadLimit against LimitRequestBody of every virtual host.
std::vector<ConfigProblem> check_request_limits(const Settings& settings, server_rec* main_server);
/// More MySQL connections than its default allows: a hint, no error. Empty: nothing to say.
std::string describe_connection_count(const Settings& settings, int processes);

}  // namespace gw::apache
