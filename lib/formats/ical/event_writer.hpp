// Events to iCalendar text. Source: RFC 5545; spec chronos section 5 (what exports drop).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/ical/component.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::formats::ical {

struct EventWriting {
  bool with_people = true;  ///< organizer and attendees, where there are others than the calendar user
  bool with_alarms = false;
  /// How it came, or empty: properties that the event knows nothing of are taken from it.
  std::string_view original;
  bool with_one = false;  ///< people also where only one attendee is told: answers (RFC 5546)
};

/// A VEVENT. An original that cannot be read is not used.
Component event_component(const model::calendar::EventData& event, const EventWriting& options);

/// The VTIMEZONE of every zone that these events name, no longer than they need.
std::vector<Component> zones_of(std::span<const model::calendar::EventData> events);

inline constexpr std::string_view kProductId = "-//mod_groupware//Calendar//EN";
/// Begin and end of a VCALENDAR; components go between them.
std::string calendar_head(std::string_view name);
inline constexpr std::string_view kCalendarTail = "END:VCALENDAR\r\n";

}  // namespace gw::formats::ical
