#include "model/calendar/event_expansion.hpp"

#include <algorithm>

#include "model/calendar/event_time.hpp"
#include "recurrence/occurrences.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::model::calendar {
namespace {

/// Local midnight is this much earlier or later than that of UTC, wherever one is.
constexpr std::int64_t kFarEast = 14 * 3'600'000, kFarWest = 12 * 3'600'000;
constexpr std::int64_t kDay = LocalTime::kDaySeconds;

bool is_wall(const EventTime& time) { return time.kind == TimeKind::Date || time.kind == TimeKind::Floating; }

bool is_same_clock(const EventTime& a, const EventTime& b) { return a.kind == b.kind && a.zone == b.zone; }

std::optional<TimeZone> clock_of(const EventTime& time) {
  if (is_wall(time)) return std::nullopt;
  if (time.kind == TimeKind::Utc) return TimeZone::utc();
  return TimeZone::find(time.zone).value_or(TimeZone::utc());
}

/// Seconds on the wall of the start.
std::int64_t wall_duration(const EventData& event) {
  std::int64_t seconds = event.end.local.seconds - event.start.local.seconds;
  if (!is_same_clock(event.start, event.end))
    seconds = in_terms_of(event.end, event.start).local.seconds - event.start.local.seconds;
  return std::max<std::int64_t>(seconds, 0);
}

std::vector<recurrence::RecurrenceId> ids_of(std::span<const EventTime> times) {
  std::vector<recurrence::RecurrenceId> ids;
  ids.reserve(times.size());
  for (const EventTime& time : times) ids.push_back(recurrence_id_of(time));
  return ids;
}

Occurrence to_occurrence(const EventData& master, const recurrence::Occurrence& found) {
  Occurrence occurrence;
  occurrence.start = start_time_at(master, found.start);
  occurrence.recurrence_id = occurrence.start;
  occurrence.end = start_time_at(master, found.end);
  if (!is_same_clock(master.start, master.end)) occurrence.end = in_terms_of(occurrence.end, master.end);
  occurrence.from = found.starts_at;
  occurrence.until = found.ends_at;
  return occurrence;
}

std::optional<EventTime> start_of(const EventData& master,
                                  const std::optional<recurrence::Occurrence>& found) {
  return found ? std::optional(start_time_at(master, found->start)) : std::nullopt;
}

Occurrence itself(const EventData& event, const TimeZone& viewer) {
  Occurrence occurrence{event.recurrence_id.value_or(event.start), event.start, event.end, {}, {}};
  occurrence.from = instant_of(event.start, viewer);
  occurrence.until = instant_of(event.end, viewer);
  return occurrence;
}

EventSpan single_span(const EventData& event) {
  EventSpan span{instant_of(event.start, TimeZone::utc()), instant_of(event.end, TimeZone::utc()), {}};
  if (is_wall(event.start)) span.from.value -= kFarEast;
  if (is_wall(event.end)) span.until.value += kFarWest;
  span.until = std::max(span.from, span.until);
  return span;
}

}  // namespace

recurrence::RecurrenceId recurrence_id_of(const EventTime& time) {
  using recurrence::RecurrenceId;
  if (time.kind == TimeKind::Date) return RecurrenceId::of_date(time.local.date());
  if (time.kind == TimeKind::Floating) return RecurrenceId::floating(time.local);
  return RecurrenceId::utc(instant_of(time, TimeZone::utc()));
}

recurrence::Series series_of(const EventData& event, std::span<const EventTime> overridden,
                             std::optional<LocalTime> last_hit) {
  recurrence::Series series;
  series.start = event.start.local;
  series.is_all_day = event.start.kind == TimeKind::Date;
  series.zone = clock_of(event.start);
  series.duration = wall_duration(event);
  if (event.rrule) {
    recurrence::ParsedRule parsed = recurrence::parse_rule(*event.rrule);
    if (parsed.state == recurrence::RuleState::Ok) series.rule = std::move(parsed.rule);
  }
  series.last_hit = last_hit;
  for (const EventTime& date : event.recurrence_dates) series.extra.push_back({recurrence_id_of(date), {}});
  series.deleted = ids_of(event.delete_exception_dates);
  series.overridden = ids_of(overridden);
  return series;
}

EventTime start_time_at(const EventData& event, LocalTime wall) {
  EventTime time = event.start;
  time.local = wall;
  return time;
}

bool overlaps(Millis from, Millis until, const TimeRange& range) {
  return from < range.until && (until > range.from || (from == until && from == range.from));
}

bool overlaps(const EventData& event, const TimeRange& range, const TimeZone& viewer) {
  return overlaps(instant_of(event.start, viewer), instant_of(event.end, viewer), range);
}

std::vector<Occurrence> occurrences_in(const EventData& master, const ExpandOptions& options) {
  std::vector<Occurrence> occurrences;
  if (!is_series_master(master)) {
    Occurrence only = itself(master, options.viewer);
    if (overlaps(only.from, only.until, options.range)) occurrences.push_back(std::move(only));
    return occurrences;
  }
  const recurrence::Series series = series_of(master, options.left_out, options.last_hit);
  const recurrence::Expansion expansion =
      recurrence::expand(series, {options.range.from, options.range.until}, recurrence::Include::Own,
                         options.most, options.viewer);
  occurrences.reserve(expansion.occurrences.size());
  for (const recurrence::Occurrence& found : expansion.occurrences)
    occurrences.push_back(to_occurrence(master, found));
  return occurrences;
}

std::optional<Occurrence> find_occurrence(const EventData& master, const EventTime& recurrence_id,
                                          bool with_deleted) {
  return OccurrenceFinder(master).find(recurrence_id, with_deleted);
}

OccurrenceFinder::OccurrenceFinder(const EventData& master) : master_(master) {
  if (!is_series_master(master)) return;
  series_ = series_of(master);
  recurrence::resolve_count(series_);
}

std::optional<Occurrence> OccurrenceFinder::find(const EventTime& recurrence_id, bool with_deleted) const {
  if (!is_series_master(master_)) return std::nullopt;
  const auto found = recurrence::find_occurrence(series_, recurrence_id_of(recurrence_id));
  if (!found || (found->is_deleted && !with_deleted)) return std::nullopt;
  return to_occurrence(master_, *found);
}

std::optional<EventTime> first_occurrence(const EventData& master) {
  return start_of(master, recurrence::first_occurrence(series_of(master), recurrence::Include::Present));
}

std::optional<EventTime> last_occurrence(const EventData& master, std::optional<LocalTime> last_hit) {
  return start_of(master,
                  recurrence::last_occurrence(series_of(master, {}, last_hit), recurrence::Include::Present));
}

SeriesEnds ends_of(const EventData& master, std::optional<LocalTime> last_hit) {
  const recurrence::Series series = series_of(master, {}, last_hit);
  return {start_of(master, recurrence::first_occurrence(series, recurrence::Include::Present)),
          start_of(master, recurrence::last_occurrence(series, recurrence::Include::Present))};
}

std::optional<Occurrence> next_occurrence(const EventData& master, Millis at, const TimeZone& viewer,
                                          std::span<const EventTime> left_out) {
  if (!is_series_master(master)) {
    Occurrence only = itself(master, viewer);
    return only.from >= at ? std::optional(std::move(only)) : std::nullopt;
  }
  const recurrence::Series series = series_of(master, left_out);
  recurrence::Occurrences walk(series, recurrence::Include::Own, viewer);
  // A day before: near a change of clocks the wall may run backwards.
  walk.seek({series.zone.value_or(viewer).local_at(at).seconds - kDay});
  while (const auto found = walk.next())
    if (found->starts_at >= at) return to_occurrence(master, *found);
  return std::nullopt;
}

EventData occurrence_event(const EventData& master, const Occurrence& occurrence) {
  EventData event = master;
  event.start = occurrence.start;
  event.end = occurrence.end;
  event.recurrence_id = occurrence.recurrence_id;
  event.rrule.reset();
  event.recurrence_dates.clear();
  event.delete_exception_dates.clear();
  event.change_exception_dates.clear();
  return event;
}

EventSpan span_of(const EventData& event) {
  if (!is_series_master(event)) return single_span(event);
  recurrence::Series series = series_of(event);
  recurrence::resolve_count(series);
  const auto range = recurrence::span_of(series);
  if (!range) return single_span(event);
  return {range->from, range->until, series.last_hit};
}

}  // namespace gw::model::calendar
