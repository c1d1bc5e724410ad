// Names of what is noted beside copies of events and answers, to put messages in order. They never leave in
// mails. Source: RFC 5546 section 2.1.5.
#pragma once

namespace gw::model::calendar {

/// DTSTAMP of the message that was taken last: a property of events, a parameter of attendees.
inline constexpr const char* kStampNote = "X-GROUPWARE-DTSTAMP";
/// Of a copy of one occurrence whose series is not known here.
inline constexpr const char* kOccurrenceNote = "X-GROUPWARE-OCCURRENCE";

}  // namespace gw::model::calendar
