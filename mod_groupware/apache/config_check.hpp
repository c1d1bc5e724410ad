// Judges the configuration against the machine and against httpd's own directives once all were read. Runs
// for `httpd -t` too.
#pragma once

#include <httpd.h>

#include <string>
#include <vector>

#include "apache/value_check.hpp"

namespace gw::apache {

/// The folders that the account of the server must be able to write to. Nothing is checked when that account
/// is unknown.
std::vector<ConfigProblem> check_folders(const Settings& settings, bool api_is_wanted);
/// GroupwareBodyLimit and GroupwareUploadLimit against LimitRequestBody of every virtual host that answers
/// the API.
std::vector<ConfigProblem> check_request_limits(const Settings& settings, server_rec* main_server);

}  // namespace gw::apache
