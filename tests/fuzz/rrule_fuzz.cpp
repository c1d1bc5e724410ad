// A recurrence: the first line a start (day or time), the second a zone or nothing, the third a rule. A rule
// that is taken is written and read the same, walks both ways and seeks to the same hits, ends within its
// limits, splits without loss, and has a classic pattern that goes back to a rule.
#include <cstdint>

#include "fuzz/require.hpp"
#include "recurrence/classic_pattern.hpp"
#include "recurrence/series_queries.hpp"

namespace {

using namespace gw;
using namespace gw::recurrence;
using gw::fuzz::require;

constexpr std::int64_t kYear9000 = 221'845'392'000;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

void check_walk(const Series& series) {
  Occurrences walk(series, Include::All);
  std::vector<Occurrence> all;
  while (all.size() < 30) {
    const auto found = walk.next();
    if (!found) break;
    all.push_back(*found);
  }
  for (auto expected = all.rbegin(); expected != all.rend(); ++expected) {
    const auto found = walk.previous();
    require(found && found->start == expected->start);
  }
  require(!walk.previous());
  for (const Occurrence& expected : all) {
    require(expected.ends_at >= expected.starts_at);
    walk.seek(expected.start);
    require(walk.next()->start == expected.start);
    require(find_occurrence(series, expected.id).has_value());
  }
  const auto span = span_of(series);
  require(span.has_value() == !all.empty());
  for (const Occurrence& found : all) require(found.starts_at >= span->from && found.ends_at <= span->until);
}

void check_split(const Series& series) {
  const auto point = occurrence_at(series, 3);
  if (!point) return;
  const Split split = split_at(series, point->id);
  if (split.state != SplitState::Ok) return;
  require(parse_rule(format_rule(*split.before.rule)).state == RuleState::Ok);
  Occurrences whole(series, Include::All), before(split.before, Include::All),
      after(split.after, Include::All);
  for (int i = 0; i < 20; ++i) {
    const auto expected = whole.next();
    auto found = before.next();
    if (!found) found = after.next();
    require(expected.has_value() == found.has_value());
    if (!expected) break;
    require(expected->start == found->start);
  }
}

void check_pattern(const Series& series) {
  const PatternOfRule found = pattern_of(series);
  if (found.state != RuleState::Ok || !found.is_exact) return;
  ClassicPattern pattern = found.pattern;
  if (pattern.occurrences) pattern.until.reset();
  const RuleOfPattern made = rule_of(pattern, series);
  // An until before the start is a rule, and no pattern.
  require(made.state == PatternState::Ok || made.state == PatternState::UntilBeforeStart);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto start = parse_recurrence_id(take_line(text));
  const auto zone = TimeZone::find(take_line(text));
  const ParsedRule parsed = parse_rule(take_line(text));
  // In its last years the calendar ends before occurrences do.
  if (!start || parsed.state != RuleState::Ok || start->seconds > kYear9000) return 0;
  const ParsedRule again = parse_rule(format_rule(parsed.rule));
  require(again.state == RuleState::Ok && again.rule == parsed.rule);
  Series series;
  series.start = {start->seconds};
  series.is_all_day = start->kind == RecurrenceId::Kind::Date;
  series.zone = zone;
  series.duration = series.is_all_day ? 86'400 : 3'600;
  series.rule = parsed.rule;
  require(means_same(parsed.rule, spelled_out(parsed.rule, series.start, series.is_all_day), series.start,
                     series.is_all_day));
  if (parsed.rule.count.value_or(1) > 5'000) return 0;  // only slow
  resolve_count(series);
  check_walk(series);
  check_split(series);
  check_pattern(series);
  return 0;
}
