#include "ajax/calendar/appointment_times.hpp"

#include <utility>

#include "ajax/calendar/appointment_input.hpp"
#include "ajax/chronos/repeated_value.hpp"
#include "core/errors/appointment.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_time.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventTime;
using calendar::TimeKind;

/// What the times of a body are read with.
struct TimeReading {
  bool is_full_time = false;
  bool is_floating = false;  ///< and stays so unless the client names a zone
  TimeZone event_zone;
  TimeZone wire_zone;
};

std::optional<std::int64_t> wire_number(const Json& body, const char* name) {
  const Json value = body.get(name);
  if (value.is_missing() || value.is_null()) return std::nullopt;
  const auto number = value.to_integer();
  if (!number) throw ApiError(errors::svl::kBadParameter, {name, repeated(value)});
  return number;
}

TimeZone stored_zone(const EventTime& time, const TimeZone& fallback) {
  if (time.kind == TimeKind::Utc) return TimeZone::utc();
  return time.kind == TimeKind::Zoned ? TimeZone::find(time.zone).value_or(fallback) : fallback;
}

TimeZone sent_zone(const Json& body, const TimeZone& fallback) {
  const auto name = body.get("timezone").to_text();
  if (!name || name->empty()) return fallback;
  const auto zone = TimeZone::find(*name);
  if (!zone) throw ApiError(errors::cal::kBadZone, {repeated(*name)});
  return *zone;
}

TimeReading reading_of(const Invocation& invocation, const Json& body, const EventData* current) {
  const TimeZone& own = invocation.caller().timezone;
  const Json flag = body.get("full_time");
  const bool was_full_time = current != nullptr && current->start.kind == TimeKind::Date;
  const bool is_sent = !flag.is_missing() && !flag.is_null();
  const bool is_full_time = is_sent ? flag.to_boolean().value_or(was_full_time) : was_full_time;
  const auto zone = body.get("timezone").to_text();
  const bool was_floating = current != nullptr && current->start.kind == TimeKind::Floating;
  return {is_full_time, was_floating && (!zone || zone->empty()),
          sent_zone(body, current != nullptr ? stored_zone(current->start, own) : own),
          invocation.format.zone};
}

EventTime read_time(std::int64_t value, const TimeReading& reading) {
  if (reading.is_full_time) return calendar::all_day(Date::from_millis(value));
  const Millis instant = from_wire_time(value, reading.wire_zone);
  if (reading.is_floating) return {TimeKind::Floating, reading.wire_zone.local_at(instant), {}};
  return reading.event_zone.name() == TimeZone::utc().name()
             ? calendar::utc_time(instant)
             : calendar::zoned_time(instant, reading.event_zone);
}

/// The same moment on the same kind of clock: only its zone may be written otherwise.
bool is_same_time(const EventTime& a, const EventTime& b, bool zone_was_sent) {
  if ((a.kind == TimeKind::Date) != (b.kind == TimeKind::Date)) return false;
  if (zone_was_sent && a.kind != b.kind) return false;
  if (zone_was_sent && a.zone != b.zone) return false;
  const TimeZone utc = TimeZone::utc();
  return calendar::instant_of(a, utc) == calendar::instant_of(b, utc);
}

/// The start and end that readers of the event get: of a series those of its first occurrence.
std::pair<EventTime, EventTime> shown_times(const EventData& event) {
  if (calendar::is_series_master(event) && !event.recurrence_id)
    if (const auto first = recurrence::first_occurrence(calendar::series_of(event), recurrence::Include::All))
      return {calendar::start_time_at(event, first->start), calendar::start_time_at(event, first->end)};
  return {event.start, event.end};
}

void check_order(const EventData& event, const TimeZone& zone) {
  if (calendar::instant_of(event.end, zone) < calendar::instant_of(event.start, zone))
    throw ApiError(errors::app::kEndBeforeStart);
}

}  // namespace

Millis from_wire_time(std::int64_t value, const TimeZone& zone) {
  // The offset is that of the instant, which is not known yet: one step of correction finds it but within a
  // clock change.
  const Millis guess{value - zone.offset_at(Millis{value})};
  return Millis{value - zone.offset_at(guess)};
}

void parse_appointment_times(const Invocation& invocation, const Json& body, const EventData* current,
                             calendar::EventInput& input) {
  const auto start = wire_number(body, "start_date"), end = wire_number(body, "end_date");
  if (current == nullptr && !start) throw ApiError(errors::app::kNoStart);
  if (current == nullptr && !end) throw ApiError(errors::app::kNoEnd);
  const bool zone_was_sent = !body.get("timezone").is_missing() && !body.get("timezone").is_null();
  const TimeReading reading = reading_of(invocation, body, current);
  const auto shown = current != nullptr ? shown_times(*current) : std::pair<EventTime, EventTime>();
  if (start) {
    const EventTime time = read_time(*start, reading);
    if (current == nullptr || !is_same_time(time, shown.first, zone_was_sent)) {
      input.event.start = time;
      input.sent.set(calendar::EventField::StartDate);
    }
  }
  if (end) {
    const EventTime time = read_time(*end, reading);
    if (current == nullptr || !is_same_time(time, shown.second, zone_was_sent)) {
      input.event.end = time;
      input.sent.set(calendar::EventField::EndDate);
    }
  }
  if (input.sent.has(calendar::EventField::StartDate) || input.sent.has(calendar::EventField::EndDate))
    check_order(input.event, invocation.caller().timezone);
}

}  // namespace gw::ajax
