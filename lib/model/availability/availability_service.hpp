// The caller's own available times, and what they mean for free/busy. Source: spec chronos sections 10
// and 13.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "model/availability/available_time.hpp"
#include "model/calendar/calendar_reading.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::availability {

/// Of one user, beyond it CAL-4006; characters of a uid.
inline constexpr std::size_t kMostTimes = 100, kMaxUid = 255;

/// The caller's, by id.
std::vector<AvailableTime> list_own(UnitOfWork& work);
/// All of the caller's are replaced; none deletes all. Missing uids are made. Errors: CAL-4006 too many, a
/// uid too long, CAL-4229, CAL-4221, CAL-4002, CAL-4223.
void replace_own(UnitOfWork& work, std::vector<AvailableTime> times);

/// When these cannot be reached: what lies outside of all their times, ascending, without overlaps. Who has
/// no times is missing. Cost: one select for each 256 users, and what lies in the range.
std::map<UserId, std::vector<calendar::TimeRange>> unavailable(UnitOfWork& work,
                                                               std::span<const UserId> users,
                                                               calendar::TimeRange range);

}  // namespace gw::model::availability
