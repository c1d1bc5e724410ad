// An iCalendar text as its tree: components and properties in file order, free of what they mean, so nothing
// unknown is lost.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/lines/property.hpp"
#include "formats/lines/text_value.hpp"

namespace gw::formats::ical {

using lines::Parameter;
using lines::Property;

/// What stands between BEGIN and END. `name` in upper case.
struct Component {
  std::string name;
  std::vector<Property> properties;
  std::vector<Component> components;
  bool operator==(const Component&) const = default;

  /// The first property of this upper-case name; nullptr when there is none. Valid while the properties are
  /// not changed.
  [[nodiscard]] const Property* find(std::string_view wanted) const;
  /// Its value without escapes; empty when there is none.
  [[nodiscard]] std::string text(std::string_view wanted) const;
  /// Takes the place of the first of its name, of which there is then one; at the end if there was none.
  void set(Property property);
  void remove(std::string_view unwanted);
};

/// A property with an escaped text value.
Property text_property(std::string_view name, std::string_view text);
/// A property whose value needs no escapes: dates, numbers, URIs. Controls are dropped when it is written.
Property plain_property(std::string_view name, std::string_view value);

}  // namespace gw::formats::ical
