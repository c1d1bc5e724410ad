// VALARM.
#include <algorithm>

#include "core/text.hpp"
#include "formats/ical/calendar_object.hpp"

namespace gw::formats::ical {
namespace {

std::optional<Trigger> read_trigger(const Property& property) {
  Trigger trigger;
  trigger.is_from_end = equal_ignoring_ascii_case(property.parameter("RELATED"), "END");
  if (const auto after = parse_duration(property.value)) {
    trigger.after = *after;
    return trigger;
  }
  // Absolute ones are UTC; without Z they are taken for it. Source: RFC 5545 section 3.8.6.3.
  const auto at = parse_date_value(property.value, "");
  if (!at || at->kind == DateKind::Date) return std::nullopt;
  trigger.is_from_end = false;
  trigger.at = Millis{at->local.seconds * 1000};
  return trigger;
}

}  // namespace

Alarm read_alarm(const Component& component, std::vector<Warning>& warnings) {
  Alarm alarm;
  alarm.source = component;
  alarm.action = to_upper_ascii(component.text("ACTION"));
  const auto text = [&](std::string_view name) {
    return component.find(name) == nullptr ? Text() : Text(component.text(name));
  };
  alarm.uid = text("UID");
  if (!alarm.uid) alarm.uid = text("X-WR-ALARMUID");
  alarm.related_to = text("RELATED-TO");
  alarm.description = text("DESCRIPTION");
  alarm.summary = text("SUMMARY");
  if (const Property* trigger = component.find("TRIGGER")) {
    alarm.trigger = read_trigger(*trigger);
    if (!alarm.trigger) warnings.push_back({WarningKind::BadValue, "TRIGGER"});
  }
  // Apple's name stood before RFC 9074.
  for (const std::string_view name : {"ACKNOWLEDGED", "X-MOZ-LASTACK"})
    if (const auto at = read_date(component.find(name)); at && !alarm.acknowledged)
      alarm.acknowledged = Millis{at->local.seconds * 1000};
  if (const Property* duration = component.find("DURATION"))
    alarm.repeat_after = parse_duration(duration->value);
  if (const Property* repeat = component.find("REPEAT"))
    alarm.repeat =
        static_cast<int>(std::clamp<std::int64_t>(parse_integer(repeat->value).value_or(0), 0, 1'000));
  for (const Property& property : component.properties)
    if (property.name == "ATTENDEE") alarm.attendees.push_back(read_attendee(property));
  return alarm;
}

Property trigger_property(const Trigger& trigger) {
  if (trigger.at) {
    Property property = plain_property("TRIGGER", format_basic_utc(*trigger.at));
    property.add_parameter("VALUE", "DATE-TIME");
    return property;
  }
  Property property = plain_property("TRIGGER", format_duration(trigger.after));
  if (trigger.is_from_end) property.add_parameter("RELATED", "END");
  return property;
}

}  // namespace gw::formats::ical
