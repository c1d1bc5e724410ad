// A mapping file, a zero byte, and what somebody typed: what is typed never changes the shape of a filter,
// and a mapping is taken within its limits or refused with its own error.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "directory/filter.hpp"
#include "directory/mapping.hpp"
#include "directory/values.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace gw::directory;

void check_filter(std::string_view typed) {
  const LoginName name{std::string(typed), std::string(typed), std::string(typed)};
  const std::string filter = fill_filter("(&(objectClass=person)(|(uid=%u)(mail=%l)))", name);
  gw::fuzz::require(typed.size() > 1'000 || is_filter(filter));
  gw::fuzz::require(std::count(filter.begin(), filter.end(), '(') == 5);
  gw::fuzz::require(std::count(filter.begin(), filter.end(), ')') == 5);
  gw::fuzz::require(filter.find('*') == std::string::npos && filter.find('\0') == std::string::npos);
  gw::fuzz::require(fill_dn("uid=%u,dc=x", name).find_first_of(",+\"<>;=#", 4) ==
                    fill_dn("uid=%u,dc=x", name).size() - 5);
}

void check_values(const Section& section, std::string_view typed) {
  Entry entry;
  for (const std::string& attribute : attributes_of(section))
    entry.attributes[attribute] = {std::string(typed)};
  for (const auto& [name, rule] : section.fields) {
    for (const std::string& value : read_values(entry, rule))
      gw::fuzz::require(!value.empty() && gw::is_valid_utf8(value) && !gw::has_control_characters(value));
    read_flag(entry, rule);
  }
  gw::fuzz::require(is_filter(section.filter));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(all.find('\0'), all.size());
  const std::string_view typed = all.substr(std::min(end + 1, all.size()));
  check_filter(typed);
  is_filter(typed);
  try {
    const Mapping mapping = parse_mapping(all.substr(0, end));
    for (const auto* section : {&mapping.user, &mapping.group, &mapping.resource, &mapping.contact})
      if (*section) check_values(**section, typed);
  } catch (const MappingError&) {
  }
  return 0;
}
