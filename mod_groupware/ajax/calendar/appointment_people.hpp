// Participants, users and confirmations of the classic calendar, and attendees, both ways. Source: spec
// calendar sections 2 (organizer and principal) and 3.
#pragma once

#include <vector>

#include "ajax/calendar/appointment.hpp"

namespace gw::ajax {

/// 0 none, 1 accepted, 2 declined, 3 tentative; a delegated attendance reads as none.
std::int64_t confirmation_of(model::calendar::PartStat status);
/// Errors: SVL-0010 for another number.
model::calendar::PartStat parse_confirmation(const Json& value);

/// Fills participants, users, confirmations, organizer and principal.
void write_people(Appointment& appointment, const model::calendar::EventData& event);

/// The attendees that `participants` name. Who was there before keeps what is known of him, members of groups
/// stay as long as their group does. Errors: SVL-0028 no array, APP-0109 another type, APP-0008 an outsider
/// without address, APP-0106 the same one twice, CAL-4034 no id.
std::vector<model::calendar::Attendee> parse_participants(
    const Json& value, const std::vector<model::calendar::Attendee>& before);

/// The organizer that `organizer` and `principal` name; empty when they name none. Somebody who acts for a
/// principal is what the event calls sent-by.
std::optional<model::calendar::CalendarUser> parse_organizer(const Json& body);

}  // namespace gw::ajax
