#include "ajax/calendar/appointment_view.hpp"

#include <algorithm>

#include "ajax/calendar/appointment_people.hpp"
#include "ajax/calendar/color_labels.hpp"
#include "ajax/calendar/recurrence_members.hpp"
#include "core/text.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;
using calendar::EventFields;
using calendar::EventTime;

constexpr std::int64_t kMinute = 60;

/// What the members of a series are told from.
constexpr EventFields kSeriesFields{EventField::Id,
                                    EventField::Folder,
                                    EventField::SeriesId,
                                    EventField::StartDate,
                                    EventField::EndDate,
                                    EventField::Rrule,
                                    EventField::RecurrenceDates,
                                    EventField::DeleteExceptionDates,
                                    EventField::ChangeExceptionDates};

bool is_of_series(const EventData& event) { return event.series.value != 0; }
bool is_exception_event(const EventData& event) { return is_of_series(event) && event.series != event.id; }

/// Alarms that count from the start and pop up.
bool is_classic_alarm(const calendar::Alarm& alarm) {
  return alarm.offset_seconds && !alarm.is_related_to_end && *alarm.offset_seconds <= 0 && !alarm.at &&
         equal_ignoring_ascii_case(alarm.action, "DISPLAY");
}

Json day_list(const std::vector<EventTime>& times, const SeriesPlaces& places) {
  if (times.empty()) return {};
  Json days = Json::array();
  for (const EventTime& time : times) days.append(Json::integer(places.day_of(time)));
  return days;
}

std::optional<std::string> joined_categories(const std::vector<std::string>& categories) {
  return categories.empty() ? std::nullopt : std::optional(join(categories, ","));
}

}  // namespace

std::optional<std::int64_t> shown_alarm(const EventData& event) {
  const auto found = std::find_if(event.alarms.begin(), event.alarms.end(), is_classic_alarm);
  if (found == event.alarms.end()) return std::nullopt;
  if (found->acknowledged && event.alarms.size() == 1 && !is_of_series(event)) return std::nullopt;
  return -*found->offset_seconds / kMinute;
}

std::int64_t shown_as_of(const EventData& event, bool is_transparent) {
  constexpr std::int64_t kReserved = 1, kTemporary = 2, kAbsent = 3, kFree = 4;
  if (is_transparent) return kFree;
  const Json intended = event.extended.get(kIntendedStatus).get("value");
  if (intended.as_string() == "TENTATIVE") return kTemporary;
  return intended.as_string() == "OOF" ? kAbsent : kReserved;
}

std::int64_t AppointmentView::wire_time(const EventTime& time) const {
  if (time.kind == calendar::TimeKind::Date) return time.local.date().to_millis();
  const TimeZone& zone = invocation_.format.zone;
  return to_zone_time(calendar::instant_of(time, zone), zone);
}

void AppointmentView::prepare(std::span<const calendar::SeenEvent> events) {
  std::vector<calendar::EventRef> missing;
  for (const calendar::SeenEvent& seen : events) {
    const EventData& event = seen.event;
    const std::pair key{event.folder, event.series};
    if (!is_of_series(event) || series_.contains(key)) continue;
    if (calendar::is_series_master(event) && !event.recurrence_id) {
      series_.emplace(key, Series{event, SeriesPlaces(event)});
      continue;
    }
    const bool is_asked = std::any_of(missing.begin(), missing.end(), [&](const calendar::EventRef& ref) {
      return ref.folder == key.first && ref.event == key.second;
    });
    if (!is_asked) missing.push_back({key.first, key.second, std::nullopt});
  }
  if (missing.empty()) return;
  for (calendar::SeenEvent& master : calendar::list_refs(invocation_.work, missing, kSeriesFields))
    series_.emplace(std::pair{master.event.folder, master.event.series},
                    Series{master.event, SeriesPlaces(master.event)});
}

AppointmentView::Series* AppointmentView::find_series(const EventData& event) {
  const auto found = series_.find({event.folder, event.series});
  return found == series_.end() ? nullptr : &found->second;
}

void AppointmentView::show_series(Appointment& appointment, const EventData& event) {
  Series* const series = find_series(event);
  appointment.series = event.series.value;
  if (event.recurrence_id) {
    // Who was invited to one occurrence alone knows nothing of the series.
    SeriesPlaces lonely(event);
    SeriesPlaces& places = series != nullptr ? series->places : lonely;
    appointment.date_position = places.day_of(*event.recurrence_id);
    if (with_positions_ && series != nullptr) appointment.position = places.position_of(*event.recurrence_id);
  }
  if (series == nullptr || is_exception_event(event)) return;
  const EventData& master = series->master;
  write_recurrence(appointment, series->places.series());
  appointment.change_exceptions = day_list(master.change_exception_dates, series->places);
  appointment.delete_exceptions = day_list(master.delete_exception_dates, series->places);
  appointment.recurrence_start = series->places.series().start.date().to_millis();
  if (event.recurrence_id) return;
  // A start that the rule does not hit is none of the occurrences: the first of them is shown.
  const auto first = recurrence::first_occurrence(series->places.series(), recurrence::Include::All);
  if (!first) return;
  appointment.start = wire_time(calendar::start_time_at(master, first->start));
  const EventTime last_moment = calendar::start_time_at(master, first->end);
  appointment.end = wire_time(last_moment);
}

Appointment AppointmentView::show(const calendar::SeenEvent& seen) {
  const EventData& event = seen.event;
  Appointment appointment;
  appointment.id = event.id.value;
  appointment.folder = event.folder.value;
  appointment.created_by = event.created_by.value;
  appointment.modified_by = event.modified_by.value;
  appointment.created = event.created;
  appointment.last_modified = event.timestamp;
  appointment.title = event.summary;
  appointment.location = event.location;
  appointment.note = event.description;
  appointment.categories = joined_categories(event.categories);
  if (!event.uid.empty()) appointment.uid = event.uid;
  appointment.start = wire_time(event.start);
  appointment.end = wire_time(event.end);
  appointment.is_full_time = event.start.kind == calendar::TimeKind::Date;
  if (event.start.kind == calendar::TimeKind::Zoned) appointment.timezone = event.start.zone;
  if (event.start.kind == calendar::TimeKind::Utc) appointment.timezone = TimeZone::utc().name();
  appointment.is_private = event.classification != calendar::Classification::Public;
  appointment.color_label = label_of_color(event.color);
  appointment.shown_as =
      shown_as_of(event, event.is_transparent || seen.has(calendar::EventFlag::Transparent));
  appointment.sequence = event.sequence;
  appointment.alarm = shown_alarm(event);
  appointment.number_of_attachments = static_cast<std::int64_t>(event.attachments.size());
  for (const calendar::EventAttachment& attachment : event.attachments)
    appointment.newest_attachment = std::max(appointment.newest_attachment, attachment.created);
  write_people(appointment, event);
  if (is_of_series(event))
    show_series(appointment, event);
  else
    appointment.recurrence_type = 0;
  return appointment;
}

}  // namespace gw::ajax
