#include "ajax/calendar/series_places.hpp"

#include "core/error.hpp"
#include "core/errors/appointment.hpp"
#include "model/calendar/event_expansion.hpp"

namespace gw::ajax {

namespace calendar = model::calendar;

SeriesPlaces::SeriesPlaces(const calendar::EventData& master)
    : master_(master), series_(calendar::series_of(master)) {}

std::int64_t SeriesPlaces::day_of(const calendar::EventTime& recurrence_id) const {
  return series_.wall_of(calendar::recurrence_id_of(recurrence_id)).date().to_millis();
}

void SeriesPlaces::count_until(LocalTime last) {
  positions_.clear();
  counted_until_ = last;
  recurrence::Occurrences walk(series_, recurrence::Include::All);
  for (int position = 1; position <= recurrence::kMaxPosition; ++position) {
    const auto next = walk.next();
    if (!next || next->start > last) break;
    positions_.emplace(next->id, position);
  }
}

std::optional<int> SeriesPlaces::position_of(const calendar::EventTime& recurrence_id) {
  /// Lists ask for one occurrence after the other, mostly those of a month.
  constexpr std::int64_t kAhead = 62 * LocalTime::kDaySeconds;
  const recurrence::RecurrenceId wanted = calendar::recurrence_id_of(recurrence_id);
  const LocalTime start = series_.wall_of(wanted);
  if (!counted_until_ || start > *counted_until_) count_until({start.seconds + kAhead});
  const auto found = positions_.find(wanted);
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

calendar::EventTime SeriesPlaces::at_position(std::int64_t position) const {
  const auto found = position >= 1 && position <= recurrence::kMaxPosition
                         ? recurrence::occurrence_at(series_, static_cast<int>(position))
                         : std::nullopt;
  if (!found) throw ApiError(errors::app::kBadPosition, {std::to_string(position)});
  return calendar::start_time_at(master_, found->start);
}

std::optional<calendar::EventTime> SeriesPlaces::find_on_day(Date day) const {
  const auto found = recurrence::occurrence_on(series_, day);
  return found ? std::optional(calendar::start_time_at(master_, found->start)) : std::nullopt;
}

calendar::EventTime SeriesPlaces::on_day(Date day) const {
  const auto found = find_on_day(day);
  if (!found) throw ApiError(errors::app::kForeignExceptionDate, {format_iso_date(day)});
  return *found;
}

}  // namespace gw::ajax
