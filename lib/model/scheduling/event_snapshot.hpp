// An event as JSON, for what must be told of it later: when the mail goes out, the event may be gone. Not the
// JSON of any API.
#pragma once

#include "core/json.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::model::scheduling {

Json write_user(const calendar::CalendarUser& user);
calendar::CalendarUser read_user(const Json& json);

/// Everything but alarms, files and who may see it.
Json write_snapshot(const calendar::EventData& event);
/// What write_snapshot wrote. Members that are missing or of another kind keep their defaults.
calendar::EventData read_snapshot(const Json& json);

}  // namespace gw::model::scheduling
