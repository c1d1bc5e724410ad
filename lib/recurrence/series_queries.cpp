#include "recurrence/series_queries.hpp"

#include <algorithm>

namespace gw::recurrence {
namespace {

constexpr std::int64_t kHourMillis = 3'600'000;
// The zones of the world lie so far from UTC.
constexpr std::int64_t kMostEast = 14 * kHourMillis;
constexpr std::int64_t kMostWest = 12 * kHourMillis;

/// How many hits of the rule lie before a time.
int count_hits_before(const Series& series, LocalTime until) {
  RuleHits hits(*series.rule, series.rule_start());
  int count = 0;
  for (auto hit = hits.next(); hit && *hit < until; hit = hits.next()) ++count;
  return count;
}

/// The time that the rule says where clocks show `shown`: a series that starts there goes on at it.
LocalTime meant_start(const Series& series, LocalTime shown) {
  RuleStart as_written = series.rule_start();
  as_written.zone.reset();
  RuleHits hits(*series.rule, as_written);
  hits.seek({shown.seconds - LocalTime::kDaySeconds});
  for (auto hit = hits.next(); hit && *hit <= shown; hit = hits.next())
    if (series.shown(*hit) == shown) return *hit;
  return shown;
}

Until until_before(const Series& series, LocalTime split) {
  if (series.is_floating()) return until_at(series, {split.seconds - 1});
  // On the wall the second before may be one that clocks skip.
  return Millis{series.zone->to_instant(split).value - 1000};
}

bool has_times_of_its_own(const Rule& rule) {
  return !rule.by_hour.empty() || !rule.by_minute.empty() || !rule.by_second.empty();
}

bool is_hit_of_rule(const Series& series, LocalTime start) {
  if (!series.rule || series.is_behind_until(start)) return false;
  RuleHits hits = series.rule_hits();
  hits.seek(start);
  return hits.next() == start;
}

}  // namespace

std::optional<Occurrence> find_occurrence(const Series& series, const RecurrenceId& id) {
  Occurrences walk(series, Include::All);
  const LocalTime wall = series.wall_of(id);
  // A start that the clocks skip is named by an instant that shows a later time. Days are searched from their
  // beginning.
  // A day has occurrences from its beginning to its end.
  const bool is_day = id.kind == RecurrenceId::Kind::Date;
  walk.seek(is_day ? LocalTime::at_midnight(wall.date()) : wall);
  const LocalTime last{wall.seconds + (is_day ? LocalTime::kDaySeconds : 0)};
  for (auto found = walk.next(); found && found->start <= last; found = walk.next())
    if (series.is_named_by(found->start, id)) return found;
  return std::nullopt;
}

std::optional<int> position_of(const Series& series, const RecurrenceId& id) {
  const auto wanted = find_occurrence(series, id);
  if (!wanted) return std::nullopt;
  Occurrences walk(series, Include::All);
  for (int position = 1; position <= kMaxPosition; ++position) {
    const auto found = walk.next();
    if (!found || found->start > wanted->start) return std::nullopt;
    if (found->start == wanted->start) return position;
  }
  return std::nullopt;
}

std::optional<Occurrence> occurrence_at(const Series& series, int position) {
  if (position < 1 || position > kMaxPosition) return std::nullopt;
  Occurrences walk(series, Include::All);
  auto found = walk.next();
  for (int at = 1; found && at < position; ++at) found = walk.next();
  return found;
}

std::optional<Occurrence> occurrence_on(const Series& series, Date day) {
  Occurrences walk(series, Include::All);
  walk.seek(LocalTime::at_midnight(day));
  auto found = walk.next();
  if (found && found->start.date() != day) found.reset();
  return found;
}

std::optional<Occurrence> first_occurrence(const Series& series, Include include) {
  return Occurrences(series, include).next();
}

Until until_at(const Series& series, LocalTime last) {
  if (series.is_all_day) return last.date();
  if (!series.zone) return last;
  return series.zone->to_instant(last);
}

void settle_until(Series& series) {
  if (!series.rule || !series.rule->until) return;
  Until& until = *series.rule->until;
  if (series.is_all_day) {
    until = series.rule_limit()->date();
  } else if (const auto* day = std::get_if<Date>(&until)) {
    // Up to the start's time of day; a rule with times of its own may hit later on that day.
    const std::int64_t time =
        has_times_of_its_own(*series.rule) ? LocalTime::kDaySeconds - 1 : series.start.second_of_day();
    until = until_at(series, {LocalTime::at_midnight(*day).seconds + time});
  } else if (const auto* local = std::get_if<LocalTime>(&until)) {
    until = until_at(series, *local);
  } else if (!series.zone) {
    until = *series.rule_limit();
  }
}

bool is_endless(const Series& series) {
  if (!series.rule || series.rule->count || series.rule->until) return false;
  return RuleHits(*series.rule, series.rule_start()).next().has_value();
}

std::optional<Occurrence> last_occurrence(const Series& series, Include include) {
  if (is_endless(series)) return std::nullopt;
  Occurrences walk(series, include);
  walk.seek(series.wall_of(RecurrenceId::utc(kEndless)));
  return walk.previous();
}

std::optional<InstantRange> span_of(const Series& series) {
  Occurrences walk(series, Include::All);
  const auto first = walk.next();
  if (!first) return std::nullopt;
  const bool endless = is_endless(series);
  InstantRange span{first->starts_at, kEndless};
  if (!endless) {
    walk.seek(series.wall_of(RecurrenceId::utc(kEndless)));
    const auto last = walk.previous();
    const std::int64_t end = (last ? last->start : first->start).seconds + walk.longest_duration();
    span.until = std::max(series.instant_of({end}, TimeZone::utc()), first->ends_at);
  }
  if (series.is_floating()) {
    span.from.value -= kMostEast;
    if (!endless) span.until.value += kMostWest;
  }
  return span;
}

Split split_at(const Series& series, const RecurrenceId& id) {
  const auto found = find_occurrence(series, id);
  if (!found || !is_hit_of_rule(series, found->start)) return {SplitState::NoHit, {}, {}};
  const auto first = first_occurrence(series, Include::All);
  if (first->start == found->start) return {SplitState::IsFirst, {}, {}};
  Split split{SplitState::Ok, series, series};
  const LocalTime point = found->start;
  split.before.rule->count.reset();
  split.before.rule->until = until_before(series, point);
  split.before.last_hit.reset();
  split.after.start = meant_start(series, point);
  if (series.rule->count) split.after.rule->count = *series.rule->count - count_hits_before(series, point);
  const auto is_before = [&](const RecurrenceId& name) { return series.wall_of(name) < point; };
  const auto is_after = [&](const RecurrenceId& name) { return !is_before(name); };
  std::erase_if(split.before.extra, [&](const ExtraDate& date) { return is_after(date.start); });
  std::erase_if(split.after.extra, [&](const ExtraDate& date) { return is_before(date.start); });
  std::erase_if(split.before.deleted, is_after);
  std::erase_if(split.after.deleted, is_before);
  std::erase_if(split.before.overridden, is_after);
  std::erase_if(split.after.overridden, is_before);
  return split;
}

}  // namespace gw::recurrence
