// An appointment as the classic calendar shows it: values as they are on the wire, times already in the
// request's zone. Made from events by appointment_view.hpp. Source: spec calendar sections 1-4; columns 1, 3
// and 5.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "model/calendar/event_data.hpp"
#include "model/field.hpp"

namespace gw::ajax {

/// Ids are plain numbers because the field table writes them. Dates and times are wire numbers, absent ones
/// empty.
struct Appointment {
  std::int64_t id = 0, created_by = 0, modified_by = 0, folder = 0;
  Millis created, last_modified;
  std::optional<std::string> title, location, note, categories, uid, timezone, organizer, principal;
  std::optional<std::int64_t> start, end;
  bool is_full_time = false, is_private = false;
  std::int64_t color_label = 0, shown_as = 0, sequence = 0;
  std::optional<std::int64_t> alarm;  ///< minutes before the start
  std::int64_t number_of_attachments = 0;
  Millis newest_attachment;
  std::optional<std::int64_t> recurrence_type, days, day_in_month, month, interval, until, occurrences;
  std::optional<std::int64_t> series, position, date_position, recurrence_start;
  Json participants, users, confirmations, change_exceptions, delete_exceptions;
  std::int64_t organizer_id = 0, principal_id = 0;
};

/// Columns of the module.
std::span<const model::Field<Appointment>> appointment_fields();
/// The members of events that these columns are made of; what identifies an event is always among them.
model::calendar::EventFields event_fields_of(std::span<const int> columns);
/// True when a column needs the place of an occurrence in its series: that costs a walk over the series.
bool needs_positions(std::span<const int> columns);
/// Those of `get`.
std::vector<int> all_appointment_columns();

}  // namespace gw::ajax
