// What an event must look like before it is stored, whoever writes it. Pure: no database, no rights.
// Source: spec chronos sections 2, 3, 9 and 11.
#pragma once

#include <span>

#include "core/error.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::model::calendar {

inline constexpr std::size_t kMostAttendees = 1'000;
inline constexpr std::size_t kMostAlarms = 100;          ///< of one user
inline constexpr std::size_t kMostDates = 1'000;         ///< of each list of extra or deleted dates
inline constexpr std::size_t kLongestExtended = 65'000;  ///< bytes of JSON

/// The members that were sent: lengths, characters, numbers, geo, zones, the rule's text, alarms, counts of
/// lists. Errors: CAL-5070, 5071, 4001, 4002, 4003, 4005, 4006, 4223, 5073, 5074.
void check_sent(const EventInput& input);

/// Fills the end of an event without one (RFC 5545 section 3.6.1: a day, or nothing) and gives an all-day
/// event without length its day. `sent` tells whether there is an end.
void complete_end(EventData& event, bool has_end);
/// The event as a whole: kinds, order, zones; the rule hits something; dates become those of the series' kind
/// and are in order. Rewrites rule and dates in their one form. Errors: CAL-4001, 4002, 4221, 4223, 4229.
void settle_times(EventData& event);
/// Errors: CAL-4222 not in that folder, 42210 with resources.
void check_class(const EventData& event, bool is_own_private_folder);
/// Errors: CAL-4005, 5074, 5070, 5071.
void check_alarms(std::span<const Alarm> alarms);

/// As chronos writes it.
std::string_view class_name(Classification classification);

}  // namespace gw::model::calendar
