#include "formats/lines/property.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::formats::lines {

std::string_view Property::parameter(std::string_view wanted) const {
  for (const Parameter& entry : parameters)
    if (entry.name == wanted && !entry.values.empty()) return entry.values.front();
  return {};
}

bool Property::has_type(std::string_view type) const {
  return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& entry) {
    return entry.name == "TYPE" &&
           std::any_of(entry.values.begin(), entry.values.end(), [&](const std::string& type_value) {
             return equal_ignoring_ascii_case(type_value, type);
           });
  });
}

std::vector<std::string> Property::types() const {
  std::vector<std::string> found;
  for (const Parameter& entry : parameters) {
    if (entry.name != "TYPE") continue;
    for (const std::string& entry_value : entry.values) found.push_back(to_upper_ascii(entry_value));
  }
  return found;
}

int Property::preference() const {
  constexpr int kNone = 101;
  if (const auto rank = parse_integer(parameter("PREF")); rank && *rank >= 1 && *rank <= 100)
    return static_cast<int>(*rank);
  return has_type("PREF") ? 1 : kNone;
}

void Property::add_parameter(std::string parameter_name, std::string text) {
  for (Parameter& entry : parameters)
    if (entry.name == parameter_name) {
      entry.values.push_back(std::move(text));
      return;
    }
  parameters.push_back({std::move(parameter_name), {std::move(text)}});
}

void Property::remove_parameter(std::string_view wanted) {
  std::erase_if(parameters, [&](const Parameter& entry) { return entry.name == wanted; });
}

}  // namespace gw::formats::lines
