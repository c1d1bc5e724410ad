// The member `com.openexchange.calendar.extendedProperties` of folders, both ways: names with
// `{value, protected?}`. Source: spec chronos section 14; http-api.json FolderData.
#pragma once

#include <optional>

#include "core/json.hpp"
#include "core/time.hpp"
#include "model/calendar/calendar_properties.hpp"

namespace gw::calendars {

/// What a provider's calendars are like as long as nobody says otherwise, and what nobody can change.
struct PropertyDefaults {
  bool is_transparent = false, is_for_sync = true;
  bool is_transparency_fixed = false, is_sync_fixed = false;
};

/// Null, and `value` null or empty, go back to the default; unknown names are passed over, and fixed ones
/// with the value they have. Errors: CAL-4004 for what is no value; CAL-4228 for another value of a fixed
/// one.
model::calendar::PropertyChange parse_properties(const Json& sent, const PropertyDefaults& defaults,
                                                 std::string_view provider);

/// `last_update`: when a feed was read last.
Json write_properties(const model::calendar::CalendarProperties& properties, const PropertyDefaults& defaults,
                      std::optional<Millis> last_update = {});

}  // namespace gw::calendars
