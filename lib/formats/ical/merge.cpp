#include "formats/ical/merge.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::formats::ical {
namespace {

/// What says something about the value itself, and nothing about another one.
constexpr std::string_view kOfTheValue = "ALTREP ENCODING FMTTYPE LANGUAGE TZID VALUE";

const Parameter* find_parameter(const Property& property, std::string_view name) {
  const auto found = std::find_if(property.parameters.begin(), property.parameters.end(),
                                  [&](const Parameter& parameter) { return parameter.name == name; });
  return found == property.parameters.end() ? nullptr : &*found;
}

bool holds_name(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Texts may be written in several ways; as long as they say the same, the old one stays.
bool say_same(const Property& a, const Property& b) {
  return a.value == b.value || lines::unescape_text(a.value) == lines::unescape_text(b.value);
}

/// The old property with the parameters of the new one: everything the new one does not speak for is kept.
Property merged_property(const Property& old, const Property& wanted, const PropertyChange& change) {
  const bool same_value = say_same(old, wanted);
  const auto is_given = [&](std::string_view name) {
    return holds_name(change.spoken_for, name) || find_parameter(wanted, name) != nullptr ||
           (!same_value && lines::holds_word(kOfTheValue, name));
  };
  Property out = wanted;
  out.group = old.group;
  if (same_value) out.value = old.value;
  out.parameters.clear();
  for (const Parameter& parameter : old.parameters) {
    const Parameter* replaced = find_parameter(wanted, parameter.name);
    if (replaced != nullptr)
      out.parameters.push_back(*replaced);
    else if (!is_given(parameter.name))
      out.parameters.push_back(parameter);
  }
  for (const Parameter& parameter : wanted.parameters)
    if (find_parameter(old, parameter.name) == nullptr) out.parameters.push_back(parameter);
  return out;
}

/// The new properties of a name, each with what its predecessor had.
std::vector<Property> merged_values(const std::vector<const Property*>& old, const PropertyChange& change) {
  std::vector<Property> out;
  for (const Property& wanted : change.values) {
    auto same = std::find_if(old.begin(), old.end(), [&](const Property* property) {
      return equal_ignoring_ascii_case(property->value, wanted.value) || say_same(*property, wanted);
    });
    if (same == old.end() && old.size() == 1 && change.values.size() == 1) same = old.begin();
    out.push_back(same == old.end() ? wanted : merged_property(**same, wanted, change));
  }
  return out;
}

}  // namespace

Component merge_properties(const Component& original, std::span<const PropertyChange> changes) {
  Component out{original.name, {}, original.components};
  std::vector<bool> is_placed(changes.size(), false);
  const auto place = [&](std::size_t index) {
    std::vector<const Property*> old;
    for (const Property& property : original.properties)
      if (property.name == changes[index].name) old.push_back(&property);
    for (Property& property : merged_values(old, changes[index]))
      out.properties.push_back(std::move(property));
    is_placed[index] = true;
  };
  for (const Property& property : original.properties) {
    const auto change = std::find_if(changes.begin(), changes.end(), [&](const PropertyChange& candidate) {
      return candidate.name == property.name;
    });
    const auto index = static_cast<std::size_t>(change - changes.begin());
    if (change == changes.end())
      out.properties.push_back(property);
    else if (!is_placed[index])
      place(index);
  }
  for (std::size_t i = 0; i < changes.size(); ++i)
    if (!is_placed[i]) place(i);
  return out;
}

Component replace_components(const Component& original, std::string_view name,
                             const std::vector<Component>& wanted) {
  Component out{original.name, original.properties, {}};
  bool is_placed = false;
  const auto place = [&] {
    if (!is_placed) out.components.insert(out.components.end(), wanted.begin(), wanted.end());
    is_placed = true;
  };
  for (const Component& component : original.components) {
    if (component.name == name)
      place();
    else
      out.components.push_back(component);
  }
  place();
  return out;
}

}  // namespace gw::formats::ical
