// Times of events as texts and as instants, and how long an event lasts. Source: spec chronos sections 1
// and 2.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

/// `YYYYMMDD`, `YYYYMMDDTHHMMSS`, the same with Z, or `ZONE:YYYYMMDDTHHMMSS`: nothing of the time is lost.
std::string format_time(const EventTime& time);
/// Errors: empty; unknown zones too.
std::optional<EventTime> parse_time(std::string_view text);
/// As clients know an occurrence: zoned times become UTC. Always the same text for the same occurrence.
std::string format_recurrence_id(const EventTime& time);

std::string format_times(const std::vector<EventTime>& times);
/// What cannot be read is left out: only texts of format_times are ever given to it.
std::vector<EventTime> parse_times(std::string_view text);

EventTime all_day(Date date);
EventTime utc_time(Millis instant);
EventTime zoned_time(Millis instant, const TimeZone& zone);
/// The time in the kind and zone of `model`: how an original start that a client names becomes one of the
/// series. A date for a timed series is midnight there, a time for an all-day one its day.
EventTime in_terms_of(const EventTime& time, const EventTime& model);

/// Milliseconds between start and end on the clock of the wall for all-day and floating ones, real ones else.
Milliseconds duration_of(const EventData& event);

bool is_series_master(const EventData& event);
bool is_exception(const EventData& event);

}  // namespace gw::model::calendar
