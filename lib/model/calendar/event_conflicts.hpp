// Who is busy already when an event shall take place: users (soft) and resources (hard). Reads only;
// resources must be guarded before. Source: spec calendar section 6, chronos section 7.
#pragma once

#include <span>
#include <vector>

#include "model/calendar/calendar_writing.hpp"

namespace gw::model::calendar {

inline constexpr std::size_t kMostConflicts = 100;
inline constexpr std::size_t kMostConflictingAttendees = 5;  ///< of each conflict
inline constexpr std::size_t kMostPerSeries = 5;             ///< occurrences of one pair of series
/// How many occurrences of the new event are looked at for rooms, and for users; and how many events of
/// users.
inline constexpr std::size_t kMostBookedOccurrences = 10'000;
inline constexpr std::size_t kMostComparedOccurrences = 1'000;
inline constexpr std::size_t kMostComparedEvents = 10'000;

struct ConflictCheck {
  const EventData& event;               ///< as it will be stored; id and series set
  std::span<const EventTime> left_out;  ///< original starts of its exceptions
  bool with_users = false;              ///< resources are always looked at
  bool with_resources = true;
};
/// Hard ones first. What is over before today, takes no time, was declined or is of the same series does not
/// count. Cost: one search for users and one for resources over the time that the event spans.
std::vector<Conflict> find_conflicts(UnitOfWork& work, const ConflictCheck& check);

/// The resources that take part.
std::vector<ResourceId> resources_of(const EventData& event);

}  // namespace gw::model::calendar
