// The words of iCalendar and chronos for enumerations of events, both ways. Source: spec chronos sections 3
// and 5.
#pragma once

#include <optional>
#include <string_view>

#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

std::string_view word_of(Classification value);
/// Empty for None.
std::string_view word_of(EventStatus value);
std::string_view word_of(PartStat value);
std::string_view word_of(CuType value);
std::string_view word_of(AttendeeRole value);

/// In any case of letters. Errors: empty for a word that is not known.
std::optional<Classification> find_classification(std::string_view word);
std::optional<EventStatus> find_event_status(std::string_view word);
std::optional<PartStat> find_part_stat(std::string_view word);
std::optional<CuType> find_cu_type(std::string_view word);
std::optional<AttendeeRole> find_attendee_role(std::string_view word);

}  // namespace gw::model::calendar
