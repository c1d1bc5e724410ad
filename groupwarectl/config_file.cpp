#include "groupwarectl/config_file.hpp"

#include "core/text.hpp"
#include "groupwarectl/httpd_config.hpp"

namespace groupwarectl {
namespace {

void apply(std::string_view directive, const std::string& value, gw::Settings& settings) {
  const auto is = [&](std::string_view name) { return gw::equal_ignoring_ascii_case(directive, name); };
  if (is("GroupwareDatabase")) settings.database.url = value;
  if (is("GroupwareFileStore")) settings.file_store = value;
  if (is("GroupwareDefaultLocale")) settings.default_locale = value;
  if (is("GroupwareDefaultTimezone")) settings.default_timezone = value;
  if (is("GroupwareUniqueDisplayNames")) settings.unique_display_names = gw::parse_boolean(value);
  if (is("GroupwareEditOwnContact")) settings.edit_own_contact = gw::parse_boolean(value);
}

}  // namespace

void read_config_file(const std::string& path, gw::Settings& settings) {
  read_httpd_config(path, [&](std::string_view name, const std::vector<std::string>& arguments) {
    if (!arguments.empty()) apply(name, arguments.front(), settings);
  });
}

}  // namespace groupwarectl
