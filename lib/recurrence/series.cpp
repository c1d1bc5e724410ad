#include "recurrence/series.hpp"

namespace gw::recurrence {
namespace {

LocalTime end_of_day(Date date) {
  return {LocalTime::at_midnight(date).seconds + LocalTime::kDaySeconds - 1};
}

/// UNTIL as a wall time of a series without instants: the Z of a careless writer is dropped.
LocalTime written_until(const Until& until) {
  if (const auto* date = std::get_if<Date>(&until)) return end_of_day(*date);
  if (const auto* local = std::get_if<LocalTime>(&until)) return *local;
  return TimeZone::utc().local_at(std::get<Millis>(until));
}

}  // namespace

std::optional<LocalTime> Series::rule_limit() const {
  if (!rule) return std::nullopt;
  if (rule->count) return last_hit;
  if (!rule->until) return std::nullopt;
  const LocalTime written = written_until(*rule->until);
  if (is_all_day) return end_of_day(written.date());
  if (is_floating() || !std::holds_alternative<Millis>(*rule->until)) return written;
  // Where clocks are set back, a later time on the wall may be the earlier instant.
  return LocalTime{zone->local_at(std::get<Millis>(*rule->until)).seconds + LocalTime::kDaySeconds};
}

RuleHits Series::rule_hits() const {
  auto limit = rule_limit();
  if (!limit && rule->count) limit = last_counted_hit(*rule, rule_start());
  return {*rule, rule_start(), limit};
}

LocalTime Series::shown(LocalTime wall) const {
  return is_floating() ? wall : zone->local_at(zone->to_instant(wall));
}

bool Series::is_behind_until(LocalTime hit) const {
  if (is_floating() || !rule || !rule->until) return false;
  const auto* until = std::get_if<Millis>(&*rule->until);
  return until != nullptr && zone->to_instant(hit) > *until;
}

Millis Series::instant_of(LocalTime local, const TimeZone& viewer) const {
  return is_floating() ? viewer.to_instant(local) : zone->to_instant(local);
}

RecurrenceId Series::id_of(LocalTime start_of_occurrence) const {
  if (is_all_day) return RecurrenceId::of_date(start_of_occurrence.date());
  if (!zone) return RecurrenceId::floating(start_of_occurrence);
  return RecurrenceId::utc(zone->to_instant(start_of_occurrence));
}

bool Series::is_named_by(LocalTime start_of_occurrence, const RecurrenceId& id) const {
  if (is_all_day || id.kind == RecurrenceId::Kind::Date)
    return start_of_occurrence.date() == LocalTime{id.seconds}.date();
  if (!zone) return start_of_occurrence.seconds == id.seconds;
  if (id.kind == RecurrenceId::Kind::Floating) return start_of_occurrence == shown({id.seconds});
  return id_of(start_of_occurrence) == id;
}

LocalTime Series::wall_of(const RecurrenceId& id) const {
  if (is_all_day) return LocalTime::at_midnight(LocalTime{id.seconds}.date());
  if (id.kind == RecurrenceId::Kind::Utc && zone) return zone->local_at({id.seconds * 1000});
  if (id.kind == RecurrenceId::Kind::Date) return shown({id.seconds + start.second_of_day()});
  return shown({id.seconds});
}

void resolve_count(Series& series) {
  if (series.rule && series.rule->count)
    series.last_hit = last_counted_hit(*series.rule, series.rule_start());
}

}  // namespace gw::recurrence
