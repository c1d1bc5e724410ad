#include "formats/ical/zone_component.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/local_time.hpp"
#include "recurrence/rule.hpp"

namespace gw::formats::ical {
namespace {

constexpr std::int64_t kYear = std::int64_t{366} * 86'400'000;
constexpr std::int64_t kMostListed = 60 * kYear;
// A rule counts when so many years follow it: by then every weekday was every date.
constexpr std::int64_t kProof = 30 * kYear;

/// One change of clocks, in the wall time before it, as observances are written.
struct Change {
  Millis at;
  LocalTime onset;
  std::int64_t before = 0;
  TimeZone::Phase after;

  [[nodiscard]] bool is_alike(const Change& other) const {
    return before == other.before && after.offset == other.after.offset &&
           after.is_daylight == other.after.is_daylight && after.abbreviation == other.after.abbreviation;
  }
};

std::vector<Change> list_changes(const TimeZone& zone, Millis from, Millis until) {
  std::vector<Change> changes;
  Millis at = from;
  while (const auto next = zone.next_change(at)) {
    if (*next >= until) break;
    const std::int64_t before = zone.offset_at({next->value - 1});
    changes.push_back({*next, LocalTime{(next->value + before) / 1000}, before, zone.phase_at(*next)});
    at = *next;
  }
  return changes;
}

int month_length(CivilDay day) {
  const CivilDay next = day.month == 12 ? CivilDay{day.year + 1, 1, 1} : CivilDay{day.year, day.month + 1, 1};
  return date_from_civil(next)->days - date_from_civil({day.year, day.month, 1})->days;
}

/// Which weekday of its month the changes are: 2 the second, -1 the last. Errors: empty when they are not all
/// the same.
std::optional<recurrence::RuleDay> shared_day(const std::vector<const Change*>& yearly) {
  std::optional<int> from_start;
  std::optional<int> from_end;
  const recurrence::Weekday weekday = recurrence::weekday_of(yearly.front()->onset.date());
  bool same_start = true;
  bool same_end = true;
  for (const Change* change : yearly) {
    const CivilDay day = civil_day(change->onset.date());
    if (recurrence::weekday_of(change->onset.date()) != weekday) return std::nullopt;
    const int start = (day.day - 1) / 7 + 1;
    const int end = -((month_length(day) - day.day) / 7 + 1);
    same_start = same_start && from_start.value_or(start) == start;
    same_end = same_end && from_end.value_or(end) == end;
    from_start = start;
    from_end = end;
  }
  if (same_end && *from_end == -1) return recurrence::RuleDay{-1, weekday};
  if (same_start && *from_start < 5) return recurrence::RuleDay{*from_start, weekday};
  return std::nullopt;
}

/// The rule of changes that come once a year. Errors: empty when they do not.
std::optional<recurrence::Rule> yearly_rule(const std::vector<const Change*>& yearly) {
  const CivilDay first = civil_day(yearly.front()->onset.date());
  for (std::size_t i = 0; i < yearly.size(); ++i) {
    const CivilDay day = civil_day(yearly[i]->onset.date());
    if (day.year != first.year + static_cast<int>(i) || day.month != first.month ||
        yearly[i]->onset.second_of_day() != yearly.front()->onset.second_of_day() ||
        !yearly[i]->is_alike(*yearly.front()))
      return std::nullopt;
  }
  const auto day = shared_day(yearly);
  if (!day) return std::nullopt;
  recurrence::Rule rule;
  rule.frequency = recurrence::Frequency::Yearly;
  rule.by_month = {first.month};
  rule.by_day = {*day};
  return rule;
}

std::string format_offset(std::int64_t millis) {
  const std::int64_t seconds = std::abs(millis) / 1000;
  std::string text = fmt::format("{}{:02}{:02}", millis < 0 ? '-' : '+', seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0) text += fmt::format("{:02}", seconds % 60);
  return text;
}

Component observance(const TimeZone::Phase& phase, std::int64_t before, LocalTime onset) {
  Component component{phase.is_daylight ? "DAYLIGHT" : "STANDARD", {}, {}};
  component.properties.push_back(plain_property("DTSTART", format_local_time(onset)));
  component.properties.push_back(plain_property("TZOFFSETFROM", format_offset(before)));
  component.properties.push_back(plain_property("TZOFFSETTO", format_offset(phase.offset)));
  component.properties.push_back(text_property("TZNAME", phase.abbreviation));
  return component;
}

/// Changes that are alike become one observance with RDATEs.
void append_listed(Component& zone, const std::vector<Change>& changes, std::size_t count) {
  std::vector<bool> is_done(count, false);
  for (std::size_t i = 0; i < count; ++i) {
    if (is_done[i]) continue;
    Component component = observance(changes[i].after, changes[i].before, changes[i].onset);
    for (std::size_t j = i + 1; j < count; ++j) {
      if (!changes[i].is_alike(changes[j])) continue;
      is_done[j] = true;
      component.properties.push_back(plain_property("RDATE", format_local_time(changes[j].onset)));
    }
    zone.components.push_back(std::move(component));
  }
}

/// From which change on two rules hold: one for each change of a year.
struct Tail {
  std::size_t begin = 0;
  std::array<recurrence::Rule, 2> rules;
};
std::optional<Tail> find_tail(const std::vector<Change>& changes, Millis from) {
  const auto rules_from = [&](std::size_t begin) -> std::optional<Tail> {
    std::array<std::vector<const Change*>, 2> yearly;
    for (std::size_t i = begin; i < changes.size(); ++i) yearly.at((i - begin) % 2).push_back(&changes[i]);
    if (yearly[0].size() < 20 || yearly[1].size() < 20) return std::nullopt;
    const auto first = yearly_rule(yearly[0]);
    const auto second = yearly_rule(yearly[1]);
    return first && second ? std::optional(Tail{begin, {*first, *second}}) : std::nullopt;
  };
  // The first change that matters is the last before the range; later ones are tried until the years to come
  // are regular.
  std::size_t begin = 0;
  while (begin + 1 < changes.size() && changes[begin + 1].at <= from) ++begin;
  for (; begin < changes.size(); ++begin)
    if (auto tail = rules_from(begin)) return tail;
  return std::nullopt;
}

}  // namespace

Component zone_component(const TimeZone& zone, Millis from, Millis until) {
  Component component{"VTIMEZONE", {text_property("TZID", zone.name())}, {}};
  until = std::min(until, Millis{from.value + kMostListed});
  // Two years before hold the last change of every zone that changes yearly; others begin with what holds
  // then.
  const Millis begin{from.value - 2 * kYear};
  const std::vector<Change> changes = list_changes(zone, begin, {until.value + kProof});
  auto tail = find_tail(changes, from);
  if (tail && changes[tail->begin].at >= until) tail.reset();
  const bool is_regular = tail && changes[tail->begin].at <= from;
  if (!is_regular && (changes.empty() || changes.front().at > from)) {
    const TimeZone::Phase phase = zone.phase_at(begin);
    component.components.push_back(
        observance(phase, phase.offset, LocalTime::at_midnight(zone.local_at(begin).date())));
  }
  std::size_t listed = tail ? tail->begin : changes.size();
  while (!tail && listed > 0 && changes[listed - 1].at >= until) --listed;
  append_listed(component, changes, is_regular ? 0 : listed);
  if (!tail) return component;
  for (std::size_t i = 0; i < 2; ++i) {
    const Change& first = changes[tail->begin + i];
    Component regular = observance(first.after, first.before, first.onset);
    regular.properties.push_back(plain_property("RRULE", recurrence::format_rule(tail->rules.at(i))));
    component.components.push_back(std::move(regular));
  }
  return component;
}

}  // namespace gw::formats::ical
