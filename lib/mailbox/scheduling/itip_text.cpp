#include "mailbox/scheduling/itip_text.hpp"

#include <algorithm>
#include <vector>

#include "formats/ical/component_writer.hpp"
#include "formats/ical/event_writer.hpp"
#include "mailbox/scheduling/itip_files.hpp"
#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/invitation.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
namespace ical = formats::ical;
using calendar::Attendee;
using calendar::EventData;
using calendar::SchedulingMethod;

bool is_of_attendee(SchedulingMethod method) {
  return method == SchedulingMethod::Reply || method == SchedulingMethod::Counter ||
         method == SchedulingMethod::Refresh;
}

void drop_notes(EventData& event) {
  const std::string alone = calendar::occurrence_of(event);
  if (!alone.empty()) event.recurrence_id = calendar::parse_time(alone);
  Json kept = Json::object();
  if (event.extended.is_object())
    event.extended.for_each_member([&](std::string_view name, const Json& value) {
      if (!calendar::is_scheduling_note(name)) kept.set(std::string(name), value);
    });
  event.extended = std::move(kept);
  for (Attendee& attendee : event.attendees)
    std::erase_if(attendee.parameters,
                  [](const auto& parameter) { return calendar::is_scheduling_note(parameter.first); });
}

/// People as addresses that mean something elsewhere.
void name_people(EventData& event) {
  std::erase_if(event.attendees, [](const Attendee& each) {
    return calendar::address_of_uri(each.uri).empty() && (each.email.empty() || each.entity != 0);
  });
  for (Attendee& attendee : event.attendees) {
    attendee.member.clear();
    attendee.comment.reset();
    if (attendee.part_stat == calendar::PartStat::NeedsAction && !attendee.rsvp &&
        attendee.cu_type != calendar::CuType::Resource && attendee.cu_type != calendar::CuType::Room)
      attendee.rsvp = true;
  }
}

void keep_only(EventData& event, SchedulingMethod method, const calendar::CalendarUser& originator,
               std::string_view sent_by) {
  std::erase_if(event.attendees,
                [&](const Attendee& each) { return !calendar::stands_for(each, originator); });
  for (Attendee& attendee : event.attendees) {
    attendee.rsvp.reset();
    if (!sent_by.empty()) attendee.sent_by_uri = calendar::mail_uri(sent_by);
  }
  // A proposal for a series is one for all of it.
  if (method != SchedulingMethod::Counter) {
    event.rrule.reset();
    event.recurrence_dates.clear();
    event.delete_exception_dates.clear();
  }
  event.description.reset();
  event.categories.clear();
  event.extended = Json::object();
}

EventData told(EventData event, const model::scheduling::Letter& letter, std::string_view sent_by) {
  const SchedulingMethod method = letter.event.method;
  drop_notes(event);
  event.filename.reset();
  event.color.reset();
  if (is_of_attendee(method)) {
    keep_only(event, method, letter.event.originator, sent_by);
    event.last_modified = letter.created;
  } else {
    name_people(event);
    if (event.organizer && !sent_by.empty() && !is_delegation(letter.event))
      event.organizer->sent_by_uri = calendar::mail_uri(sent_by);
  }
  if (method == SchedulingMethod::Cancel) event.status = calendar::EventStatus::Cancelled;
  return event;
}

bool takes_part(const EventData& event, const calendar::CalendarUser& recipient) {
  return std::any_of(event.attendees.begin(), event.attendees.end(),
                     [&](const Attendee& each) { return calendar::stands_for(each, recipient); });
}

/// A question names the event, and tells nothing of it. Source: RFC 5546 section 3.2.6.
void keep_name(ical::Component& component) {
  constexpr std::string_view kKept[] = {"UID", "DTSTAMP", "ORGANIZER", "ATTENDEE", "RECURRENCE-ID"};
  std::erase_if(component.properties, [&](const ical::Property& property) {
    return std::find(std::begin(kKept), std::end(kKept), property.name) == std::end(kKept);
  });
}

/// A series' files are those of its exceptions, too.
void add_files(ical::Component& component, const EventData& event, std::span<const EventFile> files) {
  for (const EventFile& file : files)
    if (file.event == event.id || file.event == event.series)
      component.properties.push_back(
          file_property(file.part.content_id, file.part.name, file.part.type, file.size));
}

}  // namespace

bool is_delegation(const calendar::SchedulingEvent& event) {
  return event.method == SchedulingMethod::Request && event.event.organizer &&
         event.event.organizer->entity == 0;
}

std::string_view method_word(SchedulingMethod method) {
  switch (method) {
    case SchedulingMethod::Request:
      return "REQUEST";
    case SchedulingMethod::Cancel:
      return "CANCEL";
    case SchedulingMethod::Reply:
      return "REPLY";
    case SchedulingMethod::Counter:
      return "COUNTER";
    case SchedulingMethod::Refresh:
      return "REFRESH";
    case SchedulingMethod::DeclineCounter:
      return "DECLINECOUNTER";
  }
  return "REQUEST";
}

std::string itip_text(const model::scheduling::Letter& letter, std::string_view sent_by,
                      std::span<const EventFile> files) {
  std::vector<EventData> events{told(letter.event.event, letter, sent_by)};
  for (const EventData& exception : letter.event.exceptions)
    if (takes_part(exception, letter.recipient)) events.push_back(told(exception, letter, sent_by));
  std::string text = ical::calendar_head({});
  text += "METHOD:" + std::string(method_word(letter.event.method)) + "\r\n";
  for (const ical::Component& zone : ical::zones_of(events)) text += ical::format_component(zone);
  for (const EventData& event : events) {
    ical::Component component = ical::event_component(
        event, {.with_people = true, .with_alarms = false, .original = {}, .with_one = true});
    if (letter.event.method == SchedulingMethod::Refresh) keep_name(component);
    add_files(component, event, files);
    if (!letter.event.comment.empty()) component.set(ical::text_property("COMMENT", letter.event.comment));
    text += ical::format_component(component);
  }
  return text.append(ical::kCalendarTail);
}

}  // namespace gw::mailbox::scheduling
