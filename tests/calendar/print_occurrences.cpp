// Prints the occurrences of rules for rules_test.py. Each line of the input is `ZONE START RULE FROM UNTIL
// MOST`; each of the output the instants, or the state of a rule that is not taken. FROM and UNTIL are
// instants of a window: what its expansion gives, and what a walk back from its end gives, must be what the
// walk from the start passes there, else `MISMATCH` is printed.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "recurrence/occurrences.hpp"

namespace {

using namespace gw;
using namespace gw::recurrence;

struct Question {
  Series series;
  RuleState state = RuleState::Ok;
  InstantRange window;
  std::size_t most = 0;
};

Question read_question(const std::string& line) {
  std::istringstream words(line);
  std::string zone, start, rule, from, until;
  Question question;
  words >> zone >> start >> rule >> from >> until >> question.most;
  const ParsedRule parsed = parse_rule(rule);
  question.state = parsed.state;
  question.series.rule = parsed.rule;
  question.series.is_all_day = start.size() == 8;
  question.series.start = question.series.is_all_day ? LocalTime::at_midnight(parse_basic_date(start).value())
                                                     : parse_local_time(start).value();
  question.series.zone = TimeZone::find(zone).value();
  question.window = {parse_basic_utc(from).value(), parse_basic_utc(until).value()};
  return question;
}

/// The same window in three ways.
bool agree(const Question& question) {
  const Series& series = question.series;
  Series resolved = series;
  resolve_count(resolved);
  const Expansion expansion = expand(resolved, question.window, Include::All, 100'000, TimeZone::utc());
  std::vector<RecurrenceId> forward, backward;
  Occurrences walk(series, Include::All);
  const auto is_inside = [&](const Occurrence& found) {
    return found.starts_at >= question.window.from && found.starts_at < question.window.until;
  };
  constexpr std::int64_t kDayMillis = 86'400'000;
  while (const auto found = walk.next()) {
    if (is_inside(*found)) forward.push_back(found->id);
    if (found->starts_at.value > question.window.until.value + kDayMillis) break;
  }
  walk.seek({resolved.zone->local_at(question.window.until).seconds + LocalTime::kDaySeconds});
  while (const auto found = walk.previous()) {
    if (is_inside(*found)) backward.push_back(found->id);
    if (found->starts_at.value < question.window.from.value - kDayMillis) break;
  }
  std::vector<RecurrenceId> expanded;
  for (const Occurrence& found : expansion.occurrences) expanded.push_back(found.id);
  std::sort(forward.begin(), forward.end());
  std::sort(backward.begin(), backward.end());
  std::sort(expanded.begin(), expanded.end());
  return forward == backward && forward == expanded;
}

std::string answer(const Question& question) {
  if (question.state == RuleState::Invalid) return "invalid";
  if (question.state == RuleState::Unsupported) return "unsupported";
  if (!agree(question)) return "MISMATCH";
  Occurrences walk(question.series, Include::All);
  std::string text;
  for (std::size_t i = 0; i < question.most; ++i) {
    const auto found = walk.next();
    if (!found) break;
    text += format_basic_utc(found->starts_at) + ' ';
  }
  return text;
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) std::cout << answer(read_question(line)) << '\n';
  return 0;
}
