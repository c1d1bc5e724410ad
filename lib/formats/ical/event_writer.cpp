#include "formats/ical/event_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "formats/ical/calendar_object.hpp"
#include "formats/ical/component_reader.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/merge.hpp"
#include "formats/ical/zone_component.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::formats::ical {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventTime;
using calendar::TimeKind;

DateValue date_value(const EventTime& time) {
  switch (time.kind) {
    case TimeKind::Date:
      return {DateKind::Date, time.local, ""};
    case TimeKind::Floating:
      return {DateKind::Floating, time.local, ""};
    case TimeKind::Zoned:
      return {DateKind::Zoned, time.local, time.zone};
    case TimeKind::Utc:
      break;
  }
  return {DateKind::Utc, time.local, ""};
}

/// What the event says of each property; an empty list says that it has none.
using Changes = std::vector<PropertyChange>;

void say(Changes& changes, std::string name, std::vector<Property> values) {
  changes.push_back({std::move(name), std::move(values), {}});
}

void say_text(Changes& changes, const char* name, const std::optional<std::string>& text) {
  std::vector<Property> values;
  if (text && !text->empty()) values.push_back(text_property(name, *text));
  say(changes, name, std::move(values));
}

void say_plain(Changes& changes, const char* name, std::string_view value) {
  std::vector<Property> values;
  if (!value.empty()) values.push_back(plain_property(name, value));
  say(changes, name, std::move(values));
}

void say_dates(Changes& changes, const char* name, const std::vector<EventTime>& times) {
  std::vector<Property> values;
  for (const EventTime& time : times) values.push_back(date_property(name, date_value(time)));
  say(changes, name, std::move(values));
}

Attendee written_user(const calendar::CalendarUser& user) {
  Attendee written;
  written.uri = user.uri.empty() && !user.email.empty() ? "mailto:" + user.email : user.uri;
  written.name = user.cn;
  written.sent_by = user.sent_by_uri;
  return written;
}

Attendee written_attendee(const calendar::Attendee& attendee) {
  Attendee written = written_user(attendee);
  written.kind = calendar::word_of(attendee.cu_type);
  written.role = calendar::word_of(attendee.role);
  written.status = calendar::word_of(attendee.part_stat);
  written.wants_reply = attendee.rsvp;
  written.member = attendee.member;
  for (const auto& [name, value] : attendee.parameters) written.others.push_back({name, {value}});
  return written;
}

void say_people(Changes& changes, const EventData& event, bool with_people) {
  std::vector<Property> organizer, attendees;
  // Somebody alone in his calendar meets nobody.
  if (with_people && event.attendees.size() > 1) {
    if (event.organizer) organizer.push_back(attendee_property("ORGANIZER", written_user(*event.organizer)));
    for (const calendar::Attendee& attendee : event.attendees)
      attendees.push_back(attendee_property("ATTENDEE", written_attendee(attendee)));
  }
  say(changes, "ORGANIZER", std::move(organizer));
  say(changes, "ATTENDEE", std::move(attendees));
}

void say_series(Changes& changes, const EventData& event) {
  say_plain(changes, "RRULE", event.rrule.value_or(""));
  say_dates(changes, "RDATE", event.recurrence_dates);
  say_dates(changes, "EXDATE", event.delete_exception_dates);
  std::vector<Property> original_start;
  if (event.recurrence_id)
    original_start.push_back(date_property("RECURRENCE-ID", date_value(*event.recurrence_id)));
  say(changes, "RECURRENCE-ID", std::move(original_start));
}

void say_extended(Changes& changes, const Json& extended) {
  if (!extended.is_object()) return;
  extended.for_each_member([&](std::string_view name, const Json& entry) {
    const std::string_view value = entry.get("value").as_string(),
                           type = entry.get("parameters").get("VALUE").as_string();
    // Only texts are escaped.
    Property property = type.empty() || equal_ignoring_ascii_case(type, "TEXT") ? text_property(name, value)
                                                                                : plain_property(name, value);
    entry.get("parameters").for_each_member([&](std::string_view parameter, const Json& given) {
      property.add_parameter(std::string(parameter), std::string(given.as_string()));
    });
    say(changes, std::string(name), {std::move(property)});
  });
}

std::string instant_text(Millis instant) {
  return instant.value == 0 ? std::string() : format_basic_utc(instant);
}

Changes changes_of(const EventData& event, bool with_people) {
  Changes changes;
  say_text(changes, "UID", event.uid);
  say_plain(changes, "DTSTAMP", format_basic_utc(event.last_modified));
  say_plain(changes, "CREATED", instant_text(event.created));
  say_plain(changes, "LAST-MODIFIED", instant_text(event.last_modified));
  say_plain(changes, "SEQUENCE", std::to_string(event.sequence));
  say(changes, "DTSTART", {date_property("DTSTART", date_value(event.start))});
  say(changes, "DTEND", {date_property("DTEND", date_value(event.end))});
  say(changes, "DURATION", {});
  say_series(changes, event);
  say_text(changes, "SUMMARY", event.summary);
  say_text(changes, "LOCATION", event.location);
  say_text(changes, "DESCRIPTION", event.description);
  say_plain(changes, "URL", event.url.value_or(""));
  say_text(changes, "COLOR", event.color);
  say_text(changes, "RELATED-TO", event.related_to);
  say(changes, "CATEGORIES",
      event.categories.empty() ? std::vector<Property>()
                               : std::vector{list_property("CATEGORIES", event.categories)});
  say_plain(changes, "GEO", event.geo ? fmt::format("{};{}", event.geo->latitude, event.geo->longitude) : "");
  say_plain(changes, "CLASS", calendar::word_of(event.classification));
  say_plain(changes, "STATUS", calendar::word_of(event.status));
  say_plain(changes, "TRANSP", event.is_transparent ? "TRANSPARENT" : "OPAQUE");
  say_people(changes, event, with_people);
  say_extended(changes, event.extended);
  return changes;
}

Component alarm_component(const calendar::Alarm& alarm) {
  Component component;
  component.name = "VALARM";
  component.set(plain_property("ACTION", alarm.action));
  Trigger trigger;
  trigger.at = alarm.at;
  constexpr std::int64_t kDaySeconds = 86'400;
  const std::int64_t offset = alarm.offset_seconds.value_or(0);
  trigger.after = {offset / kDaySeconds, offset % kDaySeconds};
  trigger.is_from_end = alarm.is_related_to_end;
  component.set(trigger_property(trigger));
  if (!alarm.uid.empty()) component.set(text_property("UID", alarm.uid));
  component.set(text_property("DESCRIPTION", alarm.description.empty() ? "Reminder" : alarm.description));
  if (!alarm.summary.empty()) component.set(text_property("SUMMARY", alarm.summary));
  if (alarm.acknowledged)
    component.set(plain_property("ACKNOWLEDGED", format_basic_utc(*alarm.acknowledged)));
  return component;
}

/// The VEVENT that the text holds, or an empty one.
Component parsed_original(std::string_view text) {
  Component empty;
  empty.name = "VEVENT";
  if (text.empty()) return empty;
  const ReadText read = read_components(text);
  for (const Component& outer : read.calendars)
    for (const Component& inner : outer.components)
      if (inner.name == empty.name) return inner;
  return empty;
}

}  // namespace

Component event_component(const EventData& event, const EventWriting& options) {
  Component component =
      merge_properties(parsed_original(options.original), changes_of(event, options.with_people));
  std::vector<Component> alarms;
  if (options.with_alarms)
    for (const calendar::Alarm& alarm : event.alarms) alarms.push_back(alarm_component(alarm));
  return replace_components(component, "VALARM", alarms);
}

std::vector<Component> zones_of(std::span<const EventData> events) {
  std::map<std::string, calendar::EventSpan> spans;
  for (const EventData& event : events) {
    const calendar::EventSpan span = calendar::span_of(event);
    for (const EventTime* time : {&event.start, &event.end}) {
      if (time->kind != TimeKind::Zoned) continue;
      const auto [known, is_new] = spans.try_emplace(time->zone, span);
      if (is_new) continue;
      known->second.from = std::min(known->second.from, span.from);
      known->second.until = std::max(known->second.until, span.until);
    }
  }
  std::vector<Component> zones;
  for (const auto& [name, span] : spans)
    if (const auto zone = TimeZone::find(name)) zones.push_back(zone_component(*zone, span.from, span.until));
  return zones;
}

std::string calendar_head(std::string_view name) {
  Component head;
  head.name = "VCALENDAR";
  head.set(plain_property("VERSION", "2.0"));
  head.set(plain_property("PRODID", "-//mod_groupware//Calendar//EN"));
  head.set(plain_property("CALSCALE", "GREGORIAN"));
  if (!name.empty()) head.set(text_property("X-WR-CALNAME", name));
  std::string text = format_component(head);
  text.resize(text.size() - kCalendarTail.size());
  return text;
}

}  // namespace gw::formats::ical
