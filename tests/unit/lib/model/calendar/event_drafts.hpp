// Short words for what clients send of events, so that tests read like what people do.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/calendar_writing.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::test {

namespace calendar = model::calendar;
using calendar::Attendee;
using calendar::CalendarResult;
using calendar::EventData;
using calendar::EventField;
using calendar::EventInput;
using calendar::EventRef;
using calendar::EventTime;
using calendar::PartStat;
using calendar::WriteOptions;

/// As parse_time reads it.
inline EventTime when(std::string_view text) {
  const auto time = calendar::parse_time(text);
  EXPECT_TRUE(time.has_value()) << text;
  return time.value_or(EventTime{});
}

inline Attendee user(UserId id) {
  Attendee attendee;
  attendee.entity = id.value;
  return attendee;
}
inline Attendee room(ResourceId id) {
  Attendee attendee;
  attendee.entity = id.value;
  attendee.cu_type = calendar::CuType::Room;
  return attendee;
}
inline Attendee group(GroupId id) {
  Attendee attendee;
  attendee.entity = id.value;
  attendee.cu_type = calendar::CuType::Group;
  return attendee;
}
inline Attendee outsider(const std::string& address) {
  Attendee attendee;
  attendee.uri = "mailto:" + address;
  return attendee;
}
inline Attendee answering(Attendee attendee, PartStat part_stat) {
  attendee.part_stat = part_stat;
  return attendee;
}

/// What a client sends, member by member.
class Draft {
 public:
  Draft() = default;
  Draft(std::string_view start, std::string_view end, const std::string& summary = "Meeting") {
    at(start, end).summary(summary);
  }
  Draft& at(std::string_view start, std::string_view end) {
    input.event.start = when(start);
    input.event.end = when(end);
    return send(EventField::StartDate).send(EventField::EndDate);
  }
  Draft& summary(const std::string& text) {
    input.event.summary = text;
    return send(EventField::Summary);
  }
  Draft& location(const std::string& text) {
    input.event.location = text;
    return send(EventField::Location);
  }
  Draft& rule(const std::string& text) {
    input.event.rrule = text;
    return send(EventField::Rrule);
  }
  Draft& no_rule() {
    input.event.rrule.reset();
    return send(EventField::Rrule);
  }
  Draft& without(const std::vector<std::string>& dates) {
    for (const std::string& date : dates) input.event.delete_exception_dates.push_back(when(date));
    return send(EventField::DeleteExceptionDates);
  }
  Draft& with(const std::vector<Attendee>& attendees) {
    input.event.attendees = attendees;
    return send(EventField::Attendees);
  }
  Draft& of_class(calendar::Classification classification) {
    input.event.classification = classification;
    return send(EventField::Class);
  }
  Draft& transparent(bool is = true) {
    input.event.is_transparent = is;
    return send(EventField::Transp);
  }
  Draft& uid(const std::string& text) {
    input.event.uid = text;
    return send(EventField::Uid);
  }
  Draft& reminding(std::vector<calendar::Alarm> alarms) {
    input.event.alarms = std::move(alarms);
    return send(EventField::Alarms);
  }
  Draft& send(EventField field) {
    input.sent.set(field);
    return *this;
  }
  EventInput input;
};

inline calendar::Alarm minutes_before(std::int64_t minutes) {
  calendar::Alarm alarm;
  alarm.offset_seconds = -60 * minutes;
  return alarm;
}

}  // namespace gw::test
