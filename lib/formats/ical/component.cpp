#include "formats/ical/component.hpp"

#include <algorithm>

namespace gw::formats::ical {

const Property* Component::find(std::string_view wanted) const {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [&](const Property& property) { return property.name == wanted; });
  return found == properties.end() ? nullptr : &*found;
}

std::string Component::text(std::string_view wanted) const {
  const Property* property = find(wanted);
  return property == nullptr ? std::string() : lines::unescape_text(property->value);
}

void Component::set(Property property) {
  const std::string wanted = property.name;
  const auto is_same = [&](const Property& other) { return other.name == wanted; };
  const auto first = std::find_if(properties.begin(), properties.end(), is_same);
  if (first == properties.end()) {
    properties.push_back(std::move(property));
    return;
  }
  *first = std::move(property);
  properties.erase(std::remove_if(first + 1, properties.end(), is_same), properties.end());
}

void Component::remove(std::string_view unwanted) {
  std::erase_if(properties, [&](const Property& property) { return property.name == unwanted; });
}

Property text_property(std::string_view name, std::string_view text) {
  return {"", std::string(name), {}, lines::escape_text(text), false};
}

Property plain_property(std::string_view name, std::string_view value) {
  return {"", std::string(name), {}, std::string(value), false};
}

}  // namespace gw::formats::ical
