#include "model/calendar/event_time.hpp"

#include "core/text.hpp"

namespace gw::model::calendar {
namespace {

constexpr char kBetween = ',';

TimeZone zone_of(const EventTime& time) {
  // Only zones that TimeZone::find knew are stored; one that tzdata dropped since then reads as UTC.
  return TimeZone::find(time.zone).value_or(TimeZone::utc());
}

EventTime local_time(TimeKind kind, LocalTime local, std::string zone = {}) {
  EventTime time;
  time.kind = kind;
  time.local = kind == TimeKind::Date ? LocalTime::at_midnight(local.date()) : local;
  time.zone = std::move(zone);
  return time;
}

}  // namespace

Millis instant_of(const EventTime& time, const TimeZone& viewer) {
  switch (time.kind) {
    case TimeKind::Utc:
      return {time.local.seconds * 1'000};
    case TimeKind::Zoned:
      return zone_of(time).to_instant(time.local);
    case TimeKind::Date:
    case TimeKind::Floating:
      break;
  }
  return viewer.to_instant(time.local);
}

std::string format_time(const EventTime& time) {
  switch (time.kind) {
    case TimeKind::Date:
      return format_basic_date(time.local.date());
    case TimeKind::Floating:
      return format_local_time(time.local);
    case TimeKind::Utc:
      return format_local_time(time.local) + 'Z';
    case TimeKind::Zoned:
      break;
  }
  return time.zone + ':' + format_local_time(time.local);
}

std::optional<EventTime> parse_time(std::string_view text) {
  if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    const auto zone = TimeZone::find(text.substr(0, colon));
    const auto local = parse_local_time(text.substr(colon + 1));
    if (!zone || !local) return std::nullopt;
    return local_time(TimeKind::Zoned, *local, std::string(text.substr(0, colon)));
  }
  if (const auto date = parse_basic_date(text))
    return local_time(TimeKind::Date, LocalTime::at_midnight(*date));
  if (text.ends_with('Z')) {
    const auto local = parse_local_time(text.substr(0, text.size() - 1));
    return local ? std::optional(local_time(TimeKind::Utc, *local)) : std::nullopt;
  }
  const auto local = parse_local_time(text);
  return local ? std::optional(local_time(TimeKind::Floating, *local)) : std::nullopt;
}

std::string format_recurrence_id(const EventTime& time) {
  if (time.kind != TimeKind::Zoned) return format_time(time);
  return format_basic_utc(instant_of(time, TimeZone::utc()));
}

std::string format_times(const std::vector<EventTime>& times) {
  std::string text;
  for (const EventTime& time : times) {
    if (!text.empty()) text += kBetween;
    text += format_time(time);
  }
  return text;
}

std::vector<EventTime> parse_times(std::string_view text) {
  std::vector<EventTime> times;
  if (text.empty()) return times;
  for (const std::string_view part : split(text, kBetween))
    if (auto time = parse_time(part)) times.push_back(std::move(*time));
  return times;
}

EventTime all_day(Date date) { return local_time(TimeKind::Date, LocalTime::at_midnight(date)); }

EventTime utc_time(Millis instant) { return local_time(TimeKind::Utc, TimeZone::utc().local_at(instant)); }

EventTime zoned_time(Millis instant, const TimeZone& zone) {
  return local_time(TimeKind::Zoned, zone.local_at(instant), zone.name());
}

EventTime in_terms_of(const EventTime& time, const EventTime& model) {
  if (time.kind == model.kind && time.zone == model.zone) return time;
  const bool is_instant = time.kind == TimeKind::Utc || time.kind == TimeKind::Zoned;
  switch (model.kind) {
    case TimeKind::Date:
      return local_time(TimeKind::Date, time.local);
    case TimeKind::Floating:
      return local_time(TimeKind::Floating, time.local);
    case TimeKind::Utc:
      return is_instant ? utc_time(instant_of(time, TimeZone::utc())) : local_time(TimeKind::Utc, time.local);
    case TimeKind::Zoned:
      break;
  }
  if (!is_instant) return local_time(TimeKind::Zoned, time.local, model.zone);
  return local_time(TimeKind::Zoned, zone_of(model).local_at(instant_of(time, TimeZone::utc())), model.zone);
}

Milliseconds duration_of(const EventData& event) {
  const bool is_wall = event.start.kind == TimeKind::Date || event.start.kind == TimeKind::Floating;
  if (is_wall) return Milliseconds((event.end.local.seconds - event.start.local.seconds) * 1'000);
  return Milliseconds(instant_of(event.end, TimeZone::utc()).value -
                      instant_of(event.start, TimeZone::utc()).value);
}

bool is_series_master(const EventData& event) { return event.series && event.series == event.id; }
bool is_exception(const EventData& event) { return event.series && event.series != event.id; }

}  // namespace gw::model::calendar
