// Changes into a component that somebody else wrote: what we do not know of survives. Source: design section
// 3, original bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/ical/component.hpp"

namespace gw::formats::ical {

/// All properties of one name: `values` take the place of those that are there, none removes them.
struct PropertyChange {
  std::string name;
  std::vector<Property> values;
  /// Parameters that the values speak for. Others that the old property of the same value had (or the only
  /// old one, when there is one new one) are kept, but for those that belong to the old value alone (ALTREP,
  /// ENCODING, FMTTYPE, LANGUAGE, TZID, VALUE).
  std::vector<std::string> spoken_for;
};

/// The component with the changes, everything else in its order. A property whose value and spoken-for
/// parameters are as before stays exactly as it was.
Component merge_properties(const Component& original, std::span<const PropertyChange> changes);

/// Replaces the sub-components of this name, in order, and lets all others stand.
Component replace_components(const Component& original, std::string_view name,
                             const std::vector<Component>& wanted);

}  // namespace gw::formats::ical
