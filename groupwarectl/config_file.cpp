#include "groupwarectl/config_file.hpp"

#include <fstream>

#include "core/text.hpp"
#include "groupwarectl/tool.hpp"

namespace groupwarectl {
namespace {

/// httpd's rule: an argument may stand in double or single quotes.
std::string first_argument(std::string_view text) {
  text = gw::trim(text);
  if (text.empty()) return {};
  if (const char quote = text.front(); quote == '"' || quote == '\'') {
    const std::size_t end = text.find(quote, 1);
    return std::string(text.substr(1, end == std::string_view::npos ? end : end - 1));
  }
  return std::string(text.substr(0, text.find_first_of(" \t")));
}

void apply(std::string_view directive, const std::string& value, gw::Settings& settings) {
  const auto is = [&](std::string_view name) { return gw::equal_ignoring_ascii_case(directive, name); };
  if (is("GroupwareDatabase") && settings.database.url.empty()) settings.database.url = value;
  if (is("GroupwareDefaultLocale")) settings.default_locale = value;
  if (is("GroupwareDefaultTimezone")) settings.default_timezone = value;
  if (is("GroupwareUniqueDisplayNames")) settings.unique_display_names = gw::parse_boolean(value);
  if (is("GroupwareEditOwnContact")) settings.edit_own_contact = gw::parse_boolean(value);
}

}  // namespace

void read_config_file(const std::string& path, gw::Settings& settings) {
  std::ifstream file(path);
  if (!file) throw UsageError("cannot read the configuration file " + path);
  std::string line;
  while (std::getline(file, line)) {
    const std::string_view text = gw::trim(line);
    const std::size_t end = text.find_first_of(" \t");
    if (end == std::string_view::npos || text.front() == '#') continue;
    apply(text.substr(0, end), first_argument(text.substr(end)), settings);
  }
  if (settings.database.url.empty()) throw UsageError("there is no line GroupwareDatabase in " + path);
}

}  // namespace groupwarectl
