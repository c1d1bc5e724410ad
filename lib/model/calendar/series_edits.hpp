// What an edit of a series does to its exceptions, and to the answers of those who take part. Pure.
// Source: spec chronos section 8, calendar section 4 (edits of a series).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/calendar/event_data.hpp"
#include "model/calendar/event_expansion.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::model::calendar {

/// Where the original starts of a series go when its start, zone or rule changes. The time of day goes along
/// with the start; the day only if the series moved as a whole: where one of both series hits the other's
/// first day, it just begins elsewhere, and every occurrence stays on its day.
class SlotMap {
 public:
  /// Both must be series (EventData::series is their id). They must outlive this.
  SlotMap(const EventData& before, const EventData& after);
  /// In the terms of the new series. Errors: empty when it does not hit there.
  [[nodiscard]] std::optional<EventTime> find(const EventTime& original_start) const;
  /// The same whether it hits there or not.
  [[nodiscard]] EventTime move(const EventTime& original_start) const;

 private:
  const EventData& before_;
  const EventData& after_;
  OccurrenceFinder slots_;  ///< of `after`
  std::int64_t shift_ = 0;  ///< seconds on the wall
};

/// A series that starts at another time ends where it ended: an UNTIL that cuts it elsewhere now is moved.
/// For edits that leave the rule as it is. Does nothing when either is no series with UNTIL.
void keep_end(EventData& after, const EventData& before);

/// Takes place when its series says. `exception.recurrence_id` must be set.
bool is_in_original_slot(const EventData& exception, const OccurrenceFinder& series);

/// Start or end, rule and dates as they matter for time differ.
bool differs_in_time(const EventData& a, const EventData& b);
/// Some of the new event lies outside the old one: it begins earlier, ends later, or takes place more often.
/// Looked at: the first 1,000 occurrences, and the end. `viewer`: whose clock shows floating ones.
bool gains_time(const EventData& before, const EventData& after, const TimeZone& viewer);
/// Everybody but this user and resources has to answer anew; who had hidden the event sees it again.
void reset_answers(EventData& event, UserId keeps);

/// Takes over what changed in the master, apart from times. Gives whether the exception changed.
/// `before`, `after`: the master.
bool inherit_from_master(EventData& exception, const EventData& before, const EventData& after);
/// Takes over an answer: if it was the same in both and the exception was not moved to another time.
bool inherit_answer(EventData& exception, const EventData& master_before, const Attendee& before,
                    const Attendee& after);

struct SplitSeries {
  recurrence::SplitState state = recurrence::SplitState::Ok;
  EventData earlier;  ///< the same id, to be changed by the caller
  EventData later;    ///< begins at the split
};
/// Both together take place as the one does. Errors: the state.
SplitSeries split_series(const EventData& master, const EventTime& at);

}  // namespace gw::model::calendar
