#include "formats/ical/zone_resolver.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "recurrence/occurrences.hpp"

namespace gw::formats::ical {
namespace {

constexpr std::size_t kMaxOnsets = 1'000;
// No zone of the world had so many rules; single changes cost nothing.
constexpr std::size_t kMaxRules = 40;
// Comparing with all zones takes milliseconds; a text has one or two that need it.
constexpr int kMaxSearches = 10;
constexpr std::int64_t kTenYears = std::int64_t{3653} * 86'400'000;
// Offsets lie within a day; onsets are searched so much wider.
constexpr std::int64_t kSpare = 2 * 86'400'000;

/// `+0100`, `-0330`, `+012345`. Errors: empty.
std::optional<std::int64_t> parse_offset(std::string_view text) {
  text = trim(text);
  if ((text.size() != 5 && text.size() != 7) || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::int64_t parts[3] = {0, 0, 0};
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    parts[(i - 1) / 2] = parts[(i - 1) / 2] * 10 + (text[i] - '0');
  }
  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
  const std::int64_t millis = (parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000;
  return text[0] == '-' ? -millis : millis;
}

struct Onset {
  Millis at;
  std::int64_t before = 0;
  std::int64_t after = 0;
};

/// The times at which an observance sets in, as seen between the two instants, and its last one before them.
void collect_onsets(const Component& observance, Millis from, Millis until, std::vector<Onset>& onsets) {
  const auto start = read_date(observance.find("DTSTART"));
  const Property* offset_from = observance.find("TZOFFSETFROM");
  const Property* offset_to = observance.find("TZOFFSETTO");
  if (!start || offset_to == nullptr) return;
  const auto after = parse_offset(offset_to->value);
  const auto before = offset_from == nullptr ? after : parse_offset(offset_from->value);
  if (!before || !after) return;
  recurrence::Series series;
  series.start = start->local;
  if (const Property* text = observance.find("RRULE")) {
    recurrence::ParsedRule rule = recurrence::parse_rule(text->value);
    if (rule.state != recurrence::RuleState::Ok || rule.rule.frequency != recurrence::Frequency::Yearly)
      return;
    // Onsets are wall times of the offset before; UNTIL is an instant.
    if (rule.rule.until)
      if (const auto* instant = std::get_if<Millis>(&*rule.rule.until))
        rule.rule.until = LocalTime{(instant->value + *before) / 1000};
    series.rule = std::move(rule.rule);
    series.extra.push_back({recurrence::RecurrenceId::floating(start->local), std::nullopt});
  }
  std::size_t broken = 0;
  for (const Property& property : observance.properties)
    if (property.name == "RDATE")
      for (const PeriodValue& date : read_periods(property, broken))
        series.extra.push_back({recurrence::RecurrenceId::floating(date.start.local), std::nullopt});
  recurrence::Occurrences walk(series, recurrence::Include::All);
  const auto add = [&](const recurrence::Occurrence& found) {
    onsets.push_back({{found.start.seconds * 1000 - *before}, *before, *after});
  };
  const LocalTime begin = TimeZone::utc().local_at({from.value - kSpare});
  walk.seek(begin);
  if (const auto earlier = walk.previous()) add(*earlier);
  walk.seek(begin);
  const LocalTime end = TimeZone::utc().local_at({until.value + kSpare});
  while (onsets.size() < kMaxOnsets) {
    const auto found = walk.next();
    if (!found || found->start > end) break;
    add(*found);
  }
}

}  // namespace

std::optional<OffsetHistory> history_of_component(const Component& zone, Millis from, Millis until) {
  std::vector<Onset> onsets;
  std::size_t rules = 0;
  for (const Component& observance : zone.components) {
    if (observance.name != "STANDARD" && observance.name != "DAYLIGHT") continue;
    if (observance.find("RRULE") != nullptr && ++rules > kMaxRules) continue;
    if (onsets.size() < kMaxOnsets) collect_onsets(observance, from, until, onsets);
  }
  if (onsets.empty()) return std::nullopt;
  std::sort(onsets.begin(), onsets.end(), [](const Onset& a, const Onset& b) { return a.at < b.at; });
  OffsetHistory history;
  const auto later =
      std::find_if(onsets.begin(), onsets.end(), [&](const Onset& onset) { return onset.at > from; });
  history.first_offset = later == onsets.begin() ? onsets.front().before : (later - 1)->after;
  std::int64_t offset = history.first_offset;
  for (auto onset = later; onset != onsets.end() && onset->at < until; ++onset) {
    if (onset->after == offset) continue;
    offset = onset->after;
    history.changes.push_back({onset->at, offset});
  }
  return history;
}

ZoneResolver::ZoneResolver(const std::vector<Component>& zones, std::vector<TimeZone> preferred, Millis from,
                           Millis until)
    : preferred_(std::move(preferred)), from_(from), until_(std::min(until, Millis{from.value + kTenYears})) {
  if (preferred_.empty()) preferred_.push_back(TimeZone::utc());
  for (const Component& zone : zones)
    if (zone.find("TZID") != nullptr) zones_.try_emplace(zone.text("TZID"), zone);
}

ResolvedZone ZoneResolver::search(const std::string& tzid) {
  if (auto zone = find_iana_zone(tzid)) return {std::move(*zone), ZoneMatch::Name};
  const auto component = zones_.find(tzid);
  if (component == zones_.end()) {
    if (auto zone = find_windows_zone(tzid)) return {std::move(*zone), ZoneMatch::Windows};
    return {preferred_.front(), ZoneMatch::Fallback};
  }
  if (auto zone = find_iana_zone(component->second.text("X-LIC-LOCATION")))
    return {std::move(*zone), ZoneMatch::Name};
  const auto history =
      searches_++ < kMaxSearches ? history_of_component(component->second, from_, until_) : std::nullopt;
  if (history)
    for (const TimeZone& zone : preferred_)
      if (offset_history(zone, from_, until_) == *history) return {zone, ZoneMatch::Preferred};
  if (auto zone = find_windows_zone(tzid)) return {std::move(*zone), ZoneMatch::Windows};
  if (history)
    if (auto zone = find_zone_by_history(*history, from_, until_, tzid, preferred_))
      return {std::move(*zone), ZoneMatch::Rules};
  return {preferred_.front(), ZoneMatch::Fallback};
}

const ResolvedZone& ZoneResolver::resolve(const std::string& tzid) {
  const auto known = resolved_.find(tzid);
  if (known != resolved_.end()) return known->second;
  return resolved_.emplace(tzid, search(tzid)).first->second;
}

std::optional<TimeZone> ZoneResolver::zone_of(const DateValue& value) {
  if (value.kind == DateKind::Utc) return TimeZone::utc();
  if (value.kind == DateKind::Zoned) return resolve(value.tzid).zone;
  return std::nullopt;
}

Millis ZoneResolver::instant_of(const DateValue& value) {
  return zone_of(value).value_or(preferred_.front()).to_instant(value.local);
}

}  // namespace gw::formats::ical
