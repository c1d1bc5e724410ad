// Where an occurrence stands in its series, as classic clients count: by position from 1, and by the day it
// was meant for. Source: spec calendar section 4.
#pragma once

#include <map>
#include <optional>

#include "model/calendar/event_data.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::ajax {

/// Questions to one series. Threads: one. Cost: the first question for a position walks from the first
/// occurrence to some weeks behind the one that is asked for; later ones within that time cost nothing.
class SeriesPlaces {
 public:
  explicit SeriesPlaces(const model::calendar::EventData& master);

  /// The day in the event's own zone; wire type Date.
  [[nodiscard]] std::int64_t day_of(const model::calendar::EventTime& recurrence_id) const;
  /// Errors: empty when it is none, or behind recurrence::kMaxPosition.
  std::optional<int> position_of(const model::calendar::EventTime& recurrence_id);
  /// Errors: APP-0074.
  [[nodiscard]] model::calendar::EventTime at_position(std::int64_t position) const;
  /// Errors: APP-0075.
  [[nodiscard]] model::calendar::EventTime on_day(Date day) const;
  /// Errors: empty.
  [[nodiscard]] std::optional<model::calendar::EventTime> find_on_day(Date day) const;
  [[nodiscard]] const recurrence::Series& series() const { return series_; }

 private:
  void count_until(LocalTime last);

  model::calendar::EventData master_;
  recurrence::Series series_;
  std::map<recurrence::RecurrenceId, int> positions_;
  std::optional<LocalTime> counted_until_;  ///< on the wall of the series
};

}  // namespace gw::ajax
