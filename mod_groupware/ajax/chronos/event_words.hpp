// The words of iCalendar that chronos uses for enumerations of events, both ways. Source: spec chronos sections 3 and 5.
#pragma once

#include <optional>
#include <string_view>

#include "model/calendar/event_data.hpp"

namespace gw::ajax {

std::string_view word_of(model::calendar::Classification value);
/// Empty for None.
std::string_view word_of(model::calendar::EventStatus value);
std::string_view word_of(model::calendar::PartStat value);
std::string_view word_of(model::calendar::CuType value);
std::string_view word_of(model::calendar::AttendeeRole value);

/// In any case of letters. Errors: empty for a word that is not known.
std::optional<model::calendar::Classification> find_classification(std::string_view word);
std::optional<model::calendar::EventStatus> find_event_status(std::string_view word);
std::optional<model::calendar::PartStat> find_part_stat(std::string_view word);
std::optional<model::calendar::CuType> find_cu_type(std::string_view word);
std::optional<model::calendar::AttendeeRole> find_attendee_role(std::string_view word);

}  // namespace gw::ajax
