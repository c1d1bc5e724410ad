// Calendars streamed out as iCalendar: times are settled first, for the zones, then events are loaded and
// written in chunks. Source: spec export-import section 2, chronos section 5.
#pragma once

#include <string>
#include <vector>

#include "ajax/action.hpp"
#include "model/calendar/calendar_reading.hpp"

namespace gw::ajax {

struct EventExport {
  std::vector<model::calendar::EventRef> refs;
  std::vector<model::calendar::EventData> times;  ///< start, end and recurrence of each
  std::string title;
};

/// Every event of a calendar. Errors: I_E-0100 not readable, I_E-1101 no calendar.
EventExport select_calendar(Invocation& invocation, FolderId folder);
/// `[{id, folder_id}]`, all or nothing. Errors: SVL-0028, SVL-0031; those of calendar::get.
EventExport select_events(Invocation& invocation, const Json& body);

/// Loads 200 events at a time in units of work of its own and holds no connection while `write` runs. What
/// was deleted in the meantime is left out. `environment` outlives the answer.
void stream_events(model::Environment& environment, const model::Caller& caller, const EventExport& what,
                   const BodyWriter& write);

}  // namespace gw::ajax
