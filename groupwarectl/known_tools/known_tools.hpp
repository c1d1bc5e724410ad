// groupwarectl under the names of the known provisioning tools, by a symbolic link (`createuser …`) or as its
// first word. Over the same service as SOAP and REST, with their options, output and exit codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "groupwarectl/tool.hpp"

namespace groupwarectl::known {

bool is_known_tool(std::string_view name);

/// Gives the exit code.
int run_known_tool(Tool& tool, const std::string& name, const std::vector<std::string>& words);

}  // namespace groupwarectl::known
