// The actions of module `calendar`, by file: calendar_lists.cpp, calendar_search.cpp, calendar_write.cpp,
// calendar_busy.cpp; the table and the single appointment stand in calendar.cpp.
#pragma once

#include "ajax/action.hpp"
#include "ajax/calendar/appointment_view.hpp"
#include "ajax/list_window.hpp"
#include "model/calendar/calendar_reading.hpp"

namespace gw::ajax::calendar_actions {

/// Parameters `folder` and `id`. Errors: CAL-4045, CAL-4040.
model::calendar::EventRef asked_appointment(const Invocation& invocation);
/// One element of a list: `id`, `folder` or `folder_id`, and the place of an occurrence in its series by
/// `recurrence_position`
/// (`pos`) or `recurrence_date_position`. Cost: a read of the series where there is a place. Errors:
/// SVL-0031, APP-0074, APP-0075, those of calendar::get.
model::calendar::EventRef parse_appointment_ref(Invocation& invocation, const Json& element);
/// The occurrence at a place of the series `ref`; the series itself when both are absent. Errors: APP-0074,
/// APP-0075.
model::calendar::EventRef at_place(Invocation& invocation, const model::calendar::EventRef& ref,
                                   const Json& position, const Json& day);

struct RowsWanted {
  /// By this column, in the order of the caller's language; without it as they came.
  std::optional<SortOrder> order;
  ListWindow window;
  std::optional<Millis> timestamp;       ///< else the greatest of the rows
  std::span<const std::string> removed;  ///< ids behind the rows
};
/// Rows of the parameter `columns`, which must be declared. Column 0 sorts by start.
Response answer_rows(Invocation& invocation, const std::vector<model::calendar::SeenEvent>& events,
                     const RowsWanted& wanted = {});
/// The parameters `start` and `end` as instants, and which events lie in them as classic clients count:
/// all-day ones by the raw numbers, others by the request's zone. Source: spec calendar section 1.
struct WireRange {
  std::int64_t start = 0, end = 0;
  /// Wide enough for both readings.
  model::calendar::TimeRange wide;
};
/// Errors: SVL-0010.
WireRange asked_wire_range(const Invocation& invocation);
bool lies_in(const AppointmentView& view, const model::calendar::EventData& event, const WireRange& range);

Response all(Invocation& invocation);
Response list(Invocation& invocation);
Response updates(Invocation& invocation);
Response new_appointments(Invocation& invocation);
Response has(Invocation& invocation);
Response search(Invocation& invocation);
Response change_exceptions(Invocation& invocation);

Response create(Invocation& invocation);
Response update(Invocation& invocation);
Response remove(Invocation& invocation);
Response confirm(Invocation& invocation);
Response copy(Invocation& invocation);

Response free_busy(Invocation& invocation);

}  // namespace gw::ajax::calendar_actions
