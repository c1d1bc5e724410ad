#include "ajax/calendar/recurrence_members.hpp"

#include "core/error.hpp"
#include "core/errors/servlet.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_time.hpp"
#include "model/pattern_errors.hpp"
#include "recurrence/classic_pattern.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using recurrence::ClassicPattern;
using recurrence::PatternState;

struct PatternMember {
  const char* name;
  std::optional<int> ClassicPattern::*member;
};
/// Without `until`, which is a Date.
constexpr PatternMember kPatternMembers[] = {
    {"recurrence_type", &ClassicPattern::type},
    {"interval", &ClassicPattern::interval},
    {"days", &ClassicPattern::days},
    {"day_in_month", &ClassicPattern::day_in_month},
    {"month", &ClassicPattern::month},
    {"occurrences", &ClassicPattern::occurrences},
};

std::optional<int> sent_int(const Json& value, const char* name) {
  if (value.is_null()) return std::nullopt;
  const auto number = value.to_integer();
  constexpr std::int64_t kMost = 2'000'000'000;
  if (!number || *number > kMost || *number < -kMost)
    throw ApiError(errors::svl::kBadParameter, {name, value.dump()});
  return static_cast<int>(*number);
}

std::optional<Date> sent_until(const Json& value) {
  if (value.is_null()) return std::nullopt;
  const auto number = value.to_integer();
  if (!number) throw ApiError(errors::svl::kBadParameter, {"until", value.dump()});
  return Date::from_millis(*number);
}

/// The pattern that a body means, on top of the stored one. Empty: it says nothing new.
std::optional<ClassicPattern> wanted_pattern(const Json& body, const ClassicPattern& stored) {
  ClassicPattern wanted = stored;
  const Json type = body.get("recurrence_type");
  if (!type.is_missing() && sent_int(type, "recurrence_type") != stored.type) wanted = {};
  for (const PatternMember& row : kPatternMembers)
    if (const Json value = body.get(row.name); !value.is_missing())
      wanted.*row.member = sent_int(value, row.name);
  if (wanted.occurrences == 0) wanted.occurrences.reset();
  const Json until = body.get("until");
  if (!until.is_missing()) wanted.until = sent_until(until);
  if (wanted == stored) return std::nullopt;
  // Readers get both ends of a counted series and send both back: the one that was not changed does not
  // count.
  if (wanted.until && wanted.occurrences) {
    if (wanted.until == stored.until)
      wanted.until.reset();
    else if (wanted.occurrences == stored.occurrences)
      wanted.occurrences.reset();
  }
  return wanted;
}

bool is_recurring(const ClassicPattern& pattern) { return pattern.type.value_or(0) != 0; }

/// A day as the end is kept as an instant at the start's time of day: it moves with the start.
bool is_bound_to_start(const ClassicPattern& pattern, const calendar::EventData& before,
                       const calendar::EventData& after) {
  return pattern.until && !pattern.occurrences && !(before.start == after.start);
}

}  // namespace

void write_recurrence(Appointment& appointment, const recurrence::Series& series) {
  const auto found = recurrence::pattern_of(series);
  if (found.state != recurrence::RuleState::Ok) return;
  const ClassicPattern& pattern = found.pattern;
  appointment.recurrence_type = pattern.type.value_or(0);
  appointment.interval = pattern.interval;
  appointment.days = pattern.days;
  appointment.day_in_month = pattern.day_in_month;
  appointment.month = pattern.month;
  appointment.occurrences = pattern.occurrences;
  if (pattern.until) appointment.until = pattern.until->to_millis();
}

void parse_recurrence(const Json& body, const calendar::EventData* current, calendar::EventInput& input) {
  ClassicPattern stored;
  stored.type = 0;
  bool is_exact = true;
  const bool was_series = current != nullptr && calendar::is_series_master(*current);
  if (was_series) {
    auto found = recurrence::pattern_of(calendar::series_of(*current));
    is_exact = found.state == recurrence::RuleState::Ok && found.is_exact;
    if (found.state == recurrence::RuleState::Ok) stored = found.pattern;
  }
  auto wanted = wanted_pattern(body, stored);
  if (!wanted) {
    if (!was_series || !is_exact || !is_bound_to_start(stored, *current, input.event)) return;
    wanted = stored;
  }
  if (!was_series && !is_recurring(*wanted) && *wanted == ClassicPattern{.type = 0}) return;
  const auto rule = recurrence::rule_of(*wanted, calendar::series_of(input.event));
  if (const ErrorCode* code = model::pattern_error(rule.state)) throw ApiError(*code);
  input.event.rrule.reset();
  if (rule.state == PatternState::Ok) input.event.rrule = recurrence::format_rule(rule.rule);
  if (was_series || input.event.rrule) input.sent.set(calendar::EventField::Rrule);
}

}  // namespace gw::ajax
