#include "formats/ical/event_reader.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "formats/ical/component_writer.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::formats::ical {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;
using calendar::EventTime;
using calendar::TimeKind;

EventTime event_time(const DateValue& value, ZoneResolver& zones) {
  EventTime time;
  time.local = value.local;
  switch (value.kind) {
    case DateKind::Date:
      time.kind = TimeKind::Date;
      break;
    case DateKind::Floating:
      time.kind = TimeKind::Floating;
      break;
    case DateKind::Utc:
      time.kind = TimeKind::Utc;
      break;
    case DateKind::Zoned: {
      const auto zone = zones.zone_of(value).value_or(TimeZone::utc());
      const bool is_utc = zone.name() == TimeZone::utc().name();
      time.kind = is_utc ? TimeKind::Utc : TimeKind::Zoned;
      if (!is_utc) time.zone = zone.name();
      break;
    }
  }
  return time;
}

calendar::CalendarUser calendar_user(const Attendee& attendee) {
  calendar::CalendarUser user;
  user.uri = attendee.uri;
  user.cn = attendee.name;
  user.email = attendee.mail_address();
  user.sent_by_uri = attendee.sent_by;
  return user;
}

calendar::Attendee event_attendee(const Attendee& attendee) {
  calendar::Attendee made;
  static_cast<calendar::CalendarUser&>(made) = calendar_user(attendee);
  made.cu_type = calendar::find_cu_type(attendee.kind).value_or(calendar::CuType::Individual);
  made.role = calendar::find_attendee_role(attendee.role).value_or(calendar::AttendeeRole::Required);
  made.part_stat = calendar::find_part_stat(attendee.status).value_or(calendar::PartStat::NeedsAction);
  made.rsvp = attendee.wants_reply;
  made.member = attendee.member;
  for (const std::string& to : attendee.delegated_to) made.parameters.emplace_back("DELEGATED-TO", to);
  for (const std::string& from : attendee.delegated_from)
    made.parameters.emplace_back("DELEGATED-FROM", from);
  for (const Parameter& other : attendee.others)
    if (!other.values.empty()) made.parameters.emplace_back(other.name, other.values.front());
  return made;
}

calendar::Alarm event_alarm(const Alarm& alarm) {
  calendar::Alarm made;
  made.uid = alarm.uid.value_or("");
  if (!alarm.action.empty()) made.action = alarm.action;
  if (alarm.trigger->at)
    made.at = alarm.trigger->at;
  else
    made.offset_seconds = alarm.trigger->after.total_seconds();
  made.is_related_to_end = alarm.trigger->is_from_end;
  made.acknowledged = alarm.acknowledged;
  made.related_uid = alarm.related_to.value_or("");
  made.description = alarm.description.value_or("");
  made.summary = alarm.summary.value_or("");
  for (const Attendee& attendee : alarm.attendees) made.attendees.push_back(calendar_user(attendee));
  return made;
}

/// `{name: {value, parameters?}}`.
Json extended_properties(const std::vector<Property>& properties) {
  Json extended = Json::object();
  for (const Property& property : properties) {
    Json entry = Json::object().set("value", Json::string(lines::unescape_text(property.value)));
    Json parameters = Json::object();
    for (const Parameter& parameter : property.parameters)
      parameters.set(parameter.name, Json::string(join(parameter.values, ",")));
    if (parameters.size() > 0) entry.set("parameters", std::move(parameters));
    extended.set(property.name, std::move(entry));
  }
  return extended;
}

/// Takes a value that the component may lack.
template <class T, class U>
void take(ReadEvent& read, EventField field, T& target, const std::optional<U>& value) {
  if (!value) return;
  target = *value;
  read.sent.set(field);
}

void take_texts(ReadEvent& read, const Item& item) {
  EventData& event = read.event;
  take(read, EventField::Uid, event.uid, item.uid);
  take(read, EventField::Summary, event.summary, item.summary);
  take(read, EventField::Location, event.location, item.location);
  take(read, EventField::Description, event.description, item.description);
  take(read, EventField::Url, event.url, item.url);
  take(read, EventField::Color, event.color, item.color);
  take(read, EventField::Sequence, event.sequence, item.sequence);
  if (item.geo) event.geo = calendar::Geo{item.geo->first, item.geo->second};
  read.sent.set(EventField::Geo, item.geo.has_value());
  event.categories = item.categories;
  read.sent.set(EventField::Categories, !item.categories.empty());
  if (!item.related_to.empty())
    take(read, EventField::RelatedTo, event.related_to, std::optional(item.related_to.front()));
  if (item.classification && !item.classification->empty())
    take(read, EventField::Class, event.classification,
         std::optional(
             calendar::find_classification(*item.classification)
                 .value_or(calendar::Classification::Private)));  // RFC 5545: unknown ones count as private
  if (item.status) take(read, EventField::Status, event.status, calendar::find_event_status(*item.status));
  if (item.transparency)
    take(read, EventField::Transp, event.is_transparent,
         std::optional(equal_ignoring_ascii_case(*item.transparency, "TRANSPARENT")));
}

void take_series(ReadEvent& read, const Item& item, ZoneResolver& zones) {
  EventData& event = read.event;
  if (item.recurrence_id) {
    event.recurrence_id = event_time(*item.recurrence_id, zones);
    return;
  }
  if (item.rule && item.rule->state == recurrence::RuleState::Ok) {
    event.rrule = recurrence::format_rule(item.rule->rule);
    read.sent.set(EventField::Rrule);
  }
  for (const PeriodValue& extra : item.extra)
    event.recurrence_dates.push_back(event_time(extra.start, zones));
  for (const DateValue& date : item.deleted) event.delete_exception_dates.push_back(event_time(date, zones));
  read.sent.set(EventField::RecurrenceDates, !item.extra.empty());
  read.sent.set(EventField::DeleteExceptionDates, !item.deleted.empty());
}

void take_people(ReadEvent& read, const Item& item) {
  if (item.organizer)
    take(read, EventField::Organizer, read.event.organizer, std::optional(calendar_user(*item.organizer)));
  for (const Attendee& attendee : item.attendees) read.event.attendees.push_back(event_attendee(attendee));
  read.sent.set(EventField::Attendees, !item.attendees.empty());
  for (const Alarm& alarm : item.alarms)
    if (alarm.trigger) read.event.alarms.push_back(event_alarm(alarm));
  read.sent.set(EventField::Alarms, !read.event.alarms.empty());
}

}  // namespace

std::optional<ReadEvent> read_event(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings) {
  const auto span = span_of(item, zones, warnings);
  if (!span) {
    warnings.push_back({WarningKind::MissingStart, item.uid.value_or(item.source.name)});
    return std::nullopt;
  }
  ReadEvent read;
  read.event.start = event_time(span->start, zones);
  read.event.end = event_time(span->end, zones);
  read.sent.set(EventField::StartDate);
  read.sent.set(EventField::EndDate);
  if (item.created) read.event.created = *item.created;
  read.event.last_modified = item.last_modified.value_or(item.stamp.value_or(Millis{}));
  take_texts(read, item);
  take_series(read, item, zones);
  take_people(read, item);
  if (!item.extensions.empty()) {
    read.event.extended = extended_properties(item.extensions);
    read.sent.set(EventField::ExtendedProperties);
  }
  read.original = format_component(item.source);
  return read;
}

ItemYears years_of(const std::vector<Item>& items) {
  constexpr std::int64_t kYear = 366LL * 86'400'000;
  ItemYears years{Millis{INT64_MAX}, Millis{INT64_MIN}};
  for (const Item& item : items) {
    if (!item.start) continue;
    const Millis at{item.start->local.seconds * 1000};
    years.from = std::min(years.from, at);
    years.until = std::max(years.until, at);
  }
  if (years.until < years.from) return {Millis{0}, Millis{kYear}};
  return {Millis{years.from.value - kYear}, Millis{years.until.value + kYear}};
}

}  // namespace gw::formats::ical
