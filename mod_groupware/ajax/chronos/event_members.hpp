// The members of an event by their names in JSON, and the parameter that chooses them. Source: spec chronos
// section 3; http-api.json EventData.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ajax/action.hpp"
#include "core/json.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::ajax {

/// The name of a member in JSON; of no member twice.
std::string_view json_name(model::calendar::EventField field);
/// Errors: empty.
std::optional<model::calendar::EventField> find_event_field(std::string_view name);

/// What is always delivered: id, folder, seriesId, recurrenceId, timestamp.
inline constexpr model::calendar::EventFields kIdentifyingFields{
    model::calendar::EventField::Id, model::calendar::EventField::Folder,
    model::calendar::EventField::SeriesId, model::calendar::EventField::RecurrenceId,
    model::calendar::EventField::Timestamp};
/// Lists without `fields`: everything but the heavy members.
model::calendar::EventFields light_fields();
/// Parameter `fields`, which must be declared; unknown names are left out. `fallback` when it is absent.
model::calendar::EventFields asked_fields(const Arguments& arguments, model::calendar::EventFields fallback);

/// Appends the value as JSON text: lists of events are never held as trees of values. Gives false, and
/// appends nothing, where the event has no such member, and for those that need look-ups of people:
/// attendees, calendarUser, createdBy, modifiedBy.
bool append_member(std::string& out, model::calendar::EventField field,
                   const model::calendar::SeenEvent& seen);

}  // namespace gw::ajax
