// What a look at an installation found, and what to do about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::diagnosis {

enum class Severity {
  Note,     ///< worth knowing
  Warning,  ///< works, but not as well as it could
  Error,    ///< does not work, or loses something one day
};
std::string_view severity_name(Severity severity);

struct Finding {
  std::string check;  ///< a word for scripts
  Severity severity = Severity::Error;
  std::string text;
  std::string advice;
};
using Findings = std::vector<Finding>;

}  // namespace gw::diagnosis
