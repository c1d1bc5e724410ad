// Questions to a series, and its split. Source: spec calendar section 4 (exceptions), chronos sections 4
// and 8.
#pragma once

#include <optional>

#include "recurrence/occurrences.hpp"

namespace gw::recurrence {

/// Positions beyond it are not computed, as in the legacy model: walking there costs time.
inline constexpr int kMaxPosition = 999;
/// The end of a series without one: 9999-12-31T23:59:59Z.
inline constexpr Millis kEndless{253'402'300'799'000};

/// The occurrence of this name, deleted and changed ones too. Errors: empty when the series does not hit it.
std::optional<Occurrence> find_occurrence(const Series& series, const RecurrenceId& id);
/// Counted from 1, deleted and changed ones too. Errors: empty when it is none, or behind kMaxPosition.
std::optional<int> position_of(const Series& series, const RecurrenceId& id);
/// Errors: empty when there is none, or behind kMaxPosition.
std::optional<Occurrence> occurrence_at(const Series& series, int position);
/// The first one that starts on this day of the series' wall: what recurrence_date_position names. Errors:
/// empty.
std::optional<Occurrence> occurrence_on(const Series& series, Date day);
/// Errors: empty when nothing is left.
std::optional<Occurrence> first_occurrence(const Series& series, Include include);
/// Errors: empty also for endless series.
std::optional<Occurrence> last_occurrence(const Series& series, Include include);
/// A rule without COUNT and UNTIL that still hits behind every date.
bool is_endless(const Series& series);
/// All instants that the series may touch, deleted and changed occurrences included: what an index of ranges
/// holds. Floating series take the zones of the whole world. Errors: empty when it hits nothing.
std::optional<InstantRange> span_of(const Series& series);

/// UNTIL that takes in what starts at `last` on the series' wall, in the form that such a start asks for: a
/// day, a time without zone, an instant.
Until until_at(const Series& series, LocalTime last);
/// An UNTIL that came in another form is written in that of the start; the hits stay the same. Does nothing
/// without UNTIL. Source: RFC 5545 section 3.3.10, calendar section 4.
void settle_until(Series& series);

enum class SplitState {
  Ok,
  NoHit,    ///< CAL-4063: the rule does not hit there
  IsFirst,  ///< nothing stands before it: the whole series is meant
};

struct Split {
  SplitState state = SplitState::Ok;
  Series before;  ///< ends by UNTIL, just before the split
  Series after;   ///< starts at the split; has what is left of COUNT
};

/// Two series that together hit exactly what the one hits: extra, deleted and changed dates go where they
/// belong.
Split split_at(const Series& series, const RecurrenceId& id);

}  // namespace gw::recurrence
