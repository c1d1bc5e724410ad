// Words of directives and lines of push.properties as settings. Judges them completely, so that `apachectl
// -t` shows every mistake. Knows no httpd.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace oxpush {

/// One word of a directive; directives that take several call it for each.
/// Returns: empty, or the text that names the fix, without the directive's name.
std::string apply_word(Settings& settings, std::string_view directive, std::string_view word);

struct PropertiesResult {
  std::vector<std::string> warnings;
  std::string error;  ///< names the fix; the settings are then half changed
};
/// The text of push.properties or push-udp.properties of the reference server. Source: spec udp-push
/// section 8.
PropertiesResult apply_properties(Settings& settings, std::string_view text);

/// What no single directive can judge. Returns: a text for each conflict that names the fix.
std::vector<std::string> find_conflicts(const Settings& settings);

}  // namespace oxpush
