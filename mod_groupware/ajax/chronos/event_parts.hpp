// The objects inside an event as JSON, both ways: times, people, attendees, alarms, attachments. Source: spec
// chronos sections 2, 5 and 9; http-api.json DateTimeData, Attendee, Alarm, ChronosAttachment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::ajax {

/// `{value, tzid?}`, as text and as a value.
void append_event_time(std::string& out, const model::calendar::EventTime& time);
Json write_event_time(const model::calendar::EventTime& time);
/// A zone beside a day or beside UTC counts for nothing: clients do send it. Errors: CAL-4006 for what is no
/// time, CAL-4001 zone.
model::calendar::EventTime parse_event_time(const Json& value, const char* member);

Json write_calendar_user(const model::calendar::CalendarUser& user);
/// An `email` without `uri` is one, too. Errors: CAL-4006.
model::calendar::CalendarUser parse_calendar_user(const Json& value, const char* member);

Json write_attendee(const model::calendar::Attendee& attendee);
/// Unknown words of enumerations are CAL-4006. Errors: as parse_calendar_user.
model::calendar::Attendee parse_attendee(const Json& value);
/// Errors: CAL-4006 when it is no array.
std::vector<model::calendar::Attendee> parse_attendees(const Json& value);

Json write_alarm(const model::calendar::Alarm& alarm);
/// Errors: CAL-4005.
model::calendar::Alarm parse_alarm(const Json& value);
/// Null and missing give none. Errors: CAL-4005.
std::vector<model::calendar::Alarm> parse_alarms(const Json& value);

Json write_event_attachment(const model::calendar::EventAttachment& attachment);

}  // namespace gw::ajax
