// Members of events one by one: which differ, which are copied. For whole events and for what exceptions take
// over from their series. Not for attendees, alarms and attachments. Source: spec chronos sections 3 and 8.
#pragma once

#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

/// What a request may change of an event as such.
EventFields changeable_members();
/// What exceptions take over from their series as long as they carry its old value.
EventFields inherited_members();
/// What attendees must hear of: the sequence number grows with it.
EventFields weighty_members();
/// What attendees want to be told of, beside who comes.
EventFields announced_members();

/// Those of `among` that differ.
EventFields differing_members(const EventData& a, const EventData& b, EventFields among);
void copy_members(EventData& to, const EventData& from, EventFields which);
/// `which` without those that `other` has.
EventFields without(EventFields which, EventFields other);
EventFields both_of(EventFields a, EventFields b);

/// Summary and the like of `after` go to the exception where it still had the value of `before`. Gives
/// whether one did.
bool inherit_members(EventData& exception, const EventData& before, const EventData& after);

}  // namespace gw::model::calendar
