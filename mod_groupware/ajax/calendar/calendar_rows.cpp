// What the actions of module `calendar` share: who is meant, which range, rows. Source: spec calendar
// sections 1, 4 and 5.
#include <algorithm>

#include "ajax/calendar/appointment_input.hpp"
#include "ajax/calendar/calendar_actions.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/row_text.hpp"
#include "core/errors/servlet.hpp"
#include "model/calendar/event_time.hpp"
#include "model/field_sort.hpp"

namespace gw::ajax::calendar_actions {
namespace {

namespace calendar = model::calendar;

constexpr std::int64_t kDayMillis = 86'400'000;
constexpr int kStartColumn = 201;

bool is_given(const Json& value) { return !value.is_missing() && !value.is_null(); }

std::int64_t place_number(const Json& value, const char* name) {
  const auto number = value.to_integer();
  if (!number) throw ApiError(errors::svl::kBadParameter, {name, value.dump()});
  return *number;
}

}  // namespace

calendar::EventRef asked_appointment(const Invocation& invocation) {
  return {parse_calendar_id(invocation.arguments.text("folder")),
          parse_event_id(invocation.arguments.text("id")), std::nullopt};
}

calendar::EventRef at_place(Invocation& invocation, const calendar::EventRef& ref, const Json& position,
                            const Json& day) {
  // A position of 0 is how clients say "the series".
  const std::int64_t number = is_given(position) ? place_number(position, "recurrence_position") : 0;
  if (number == 0 && !is_given(day)) return ref;
  const auto seen = calendar::get(invocation.work, ref);
  // An exception is known by its own id, and its place is told along with it.
  if (!calendar::is_series_master(seen.event)) return ref;
  const SeriesPlaces places(seen.event);
  return {ref.folder, ref.event,
          number != 0 ? places.at_position(number)
                      : places.on_day(Date::from_millis(place_number(day, "recurrence_date_position")))};
}

calendar::EventRef parse_appointment_ref(Invocation& invocation, const Json& element) {
  if (!element.is_object()) throw ApiError(errors::svl::kBodyIllegal, {"every element needs id and folder"});
  const Json folder = element.get("folder");
  const auto folder_text = (folder.is_missing() ? element.get("folder_id") : folder).to_text();
  const auto id = element.get("id").to_text();
  if (!folder_text || !id) throw ApiError(errors::svl::kBodyIllegal, {"every element needs id and folder"});
  const Json position = element.get("recurrence_position");
  return at_place(invocation, {parse_calendar_id(*folder_text), parse_event_id(*id), std::nullopt},
                  is_given(position) ? position : element.get("pos"),
                  element.get("recurrence_date_position"));
}

Response answer_rows(Invocation& invocation, const std::vector<calendar::SeenEvent>& events,
                     const RowsWanted& wanted) {
  RowText<Appointment> rows(invocation, appointment_fields());
  AppointmentView view(invocation,
                       needs_positions(model::parse_column_numbers(invocation.arguments.text("columns"))));
  view.prepare(events);
  std::vector<Appointment> appointments;
  appointments.reserve(events.size());
  for (const calendar::SeenEvent& seen : events) appointments.push_back(view.show(seen));
  if (wanted.order)
    model::sort_by_field(appointments, appointment_fields(),
                         wanted.order->column == 0 ? kStartColumn : wanted.order->column,
                         wanted.order->descending, invocation.caller().locale,
                         [](const Appointment& a, const Appointment& b) { return a.id < b.id; });
  const auto count = static_cast<std::int64_t>(appointments.size());
  const std::int64_t right = std::clamp(wanted.window.right.value_or(count), std::int64_t{0}, count);
  Millis newest;
  for (std::int64_t i = std::max(wanted.window.left, std::int64_t{0}); i < right; ++i) {
    const Appointment& appointment = appointments[static_cast<std::size_t>(i)];
    newest = std::max(newest, appointment.last_modified);
    rows.add(appointment);
  }
  return Response::with_text(rows.join_as_arrived(wanted.removed), wanted.timestamp.value_or(newest));
}

WireRange asked_wire_range(const Invocation& invocation) {
  WireRange range{invocation.arguments.integer("start"), invocation.arguments.integer("end"), {}};
  // Far from the ends of the number: clients send the largest one for "everything".
  constexpr std::int64_t kFarthest = 253'402'300'799'000;
  range.start = std::clamp(range.start, -kFarthest, kFarthest);
  range.end = std::clamp(range.end, -kFarthest, kFarthest);
  range.wide = {Millis{range.start - kDayMillis}, Millis{range.end + kDayMillis}};
  return range;
}

bool lies_in(const AppointmentView& view, const calendar::EventData& event, const WireRange& range) {
  const std::int64_t start = view.wire_time(event.start), end = view.wire_time(event.end);
  return start < range.end && (end > range.start || (start == end && start == range.start));
}

}  // namespace gw::ajax::calendar_actions
