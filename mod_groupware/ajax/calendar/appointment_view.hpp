// Events as classic appointments: times in the request's zone, series with their members, occurrences with
// their places. Source: spec calendar sections 1, 2 and 4.
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "ajax/action.hpp"
#include "ajax/calendar/appointment.hpp"
#include "ajax/calendar/series_places.hpp"
#include "model/calendar/calendar_reading.hpp"

namespace gw::ajax {

/// The appointments of one answer. Threads: one.
class AppointmentView {
 public:
  /// `with_positions`: the walk that numbers occurrences is worth its cost.
  AppointmentView(Invocation& invocation, bool with_positions)
      : invocation_(invocation), with_positions_(with_positions) {}

  /// Looks up the series that occurrences and exceptions belong to, all at once. Call before show.
  void prepare(std::span<const model::calendar::SeenEvent> events);
  Appointment show(const model::calendar::SeenEvent& seen);
  /// Wire value: shifted into the request's zone, or the day of an all-day event.
  [[nodiscard]] std::int64_t wire_time(const model::calendar::EventTime& time) const;

 private:
  struct Series {
    model::calendar::EventData master;
    SeriesPlaces places;
  };
  Series* find_series(const model::calendar::EventData& event);
  void show_series(Appointment& appointment, const model::calendar::EventData& event);

  Invocation& invocation_;
  bool with_positions_;
  std::map<std::pair<FolderId, ObjectId>, Series> series_;
};

/// Minutes before the start of the alarm that classic clients show. Errors: empty when there is none they
/// could.
std::optional<std::int64_t> shown_alarm(const model::calendar::EventData& event);
/// 1 reserved, 2 temporary, 3 absent, 4 free.
std::int64_t shown_as_of(const model::calendar::EventData& event, bool is_transparent);
/// Name of the extended property that tells 1 to 3 apart.
inline constexpr char kIntendedStatus[] = "X-MICROSOFT-CDO-INTENDEDSTATUS";

}  // namespace gw::ajax
