// Classic appointments on their way in: members to those of events. Source: spec calendar sections 1, 2, 6
// and 8.
#pragma once

#include "ajax/action.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

struct AppointmentInput {
  model::calendar::EventInput event;
  FolderId folder;  ///< `folder_id`, 0 when it was not sent
  model::calendar::WriteOptions options;
};

/// `current`: what is changed, nullptr for a new one. Members whose value is as before count as not sent,
/// because sync clients send whole objects back. Errors: SVL-0028; APP-0014, -0020, -0021, -0024 to -0027,
/// those of parse_participants and parse_recurrence, APP-0075, -0099; CAL-4001; SVL-0010 for a value of
/// another kind.
AppointmentInput parse_appointment(const Invocation& invocation, const Json& body,
                                   const model::calendar::EventData* current);

/// A classic folder number, also as `cal://0/…`. Errors: CAL-4045.
FolderId parse_folder_member(const Json& value);
/// A wire value of type Time in the request's zone as an instant.
Millis from_wire_time(std::int64_t value, const TimeZone& zone);

}  // namespace gw::ajax
