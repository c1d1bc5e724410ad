#include "model/tasks/task_recurrence.hpp"

#include <algorithm>
#include <array>

#include "core/errors/appointment.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "model/pattern_errors.hpp"
#include "recurrence/classic_pattern.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::model::tasks {
namespace {

using recurrence::PatternState;

/// A member of the rule, and the types that have it.
struct RuleMember {
  int column;
  Number Task::*member;
  int first_type;
};
constexpr RuleMember kRuleMembers[] = {
    {215, &Task::interval, 1}, {212, &Task::days, 2}, {213, &Task::day_in_month, 3}, {214, &Task::month, 4}};

std::optional<int> small(const Number& number) {
  constexpr std::int64_t kMost = 1'000'000;
  if (!number) return std::nullopt;
  return static_cast<int>(std::min(std::max(*number, -kMost), kMost));
}

recurrence::ClassicPattern pattern_of_task(const Task& task) {
  return {small(task.recurrence_type), small(task.interval), small(task.days),       small(task.day_in_month),
          small(task.month),           task.until,           small(task.occurrences)};
}

/// Needs both dates. Errors: APP-00xx, SVL-0010 for a rule that never hits.
recurrence::Series series_of(const Task& task, const TimeZone& zone) {
  const auto wall = [&](std::int64_t value) {
    return task.full_time ? LocalTime::at_midnight(Date::from_millis(value)) : zone.local_at({value});
  };
  recurrence::Series series;
  series.start = wall(*task.start);
  series.is_all_day = task.full_time;
  if (!task.full_time) series.zone = zone;
  series.duration = std::max<std::int64_t>(0, wall(*task.due).seconds - series.start.seconds);
  const auto made = recurrence::rule_of(pattern_of_task(task), series);
  // Of what concerns the type alone, and of what never hits, tasks have no code of their own.
  const bool has_code = made.state != PatternState::TypeMissing && made.state != PatternState::Unnecessary &&
                        made.state != PatternState::NeverHits;
  if (const ErrorCode* code = pattern_error(made.state); code != nullptr && has_code) throw ApiError(*code);
  if (made.state != PatternState::Ok)
    throw ApiError(errors::svl::kBadParameter, {"recurrence_type", std::to_string(task.recurrence_type)});
  series.rule = made.rule;
  return series;
}

void move_to(Task& task, const recurrence::Occurrence& occurrence) {
  constexpr std::int64_t kSecond = 1'000;
  task.start = task.full_time ? occurrence.start.seconds * kSecond : occurrence.starts_at.value;
  task.due = task.full_time ? occurrence.end.seconds * kSecond : occurrence.ends_at.value;
}

void drop_zeroes(Task& task, const FieldSet& sent) {
  if (is_sent(sent, 212) && task.days == 0) task.days.reset();
  if (is_sent(sent, 222) && task.occurrences == 0) task.occurrences.reset();
}

bool has_rule_members(const Task& task) {
  return task.days || task.day_in_month || task.month || task.interval || task.until || task.occurrences;
}

}  // namespace

void clear_recurrence(Task& task) {
  task.recurrence_type = 0;
  for (const RuleMember& row : kRuleMembers) (task.*row.member).reset();
  task.until.reset();
  task.occurrences.reset();
}

void settle_recurrence(Task& task, const Task& before, const FieldSet& sent, const TimeZone& zone) {
  const FieldSet rule = fields_of(std::array{209, 212, 213, 214, 215, 216, 222});
  const FieldSet dates = fields_of(std::array{201, 202, 316, 317, 401});
  if ((sent & (rule | dates)).none()) return;
  drop_zeroes(task, sent);
  if (task.recurrence_type == 0) {
    if (!is_sent(sent, 209) && has_rule_members(task)) throw ApiError(errors::tsk::kNoRecurrenceType);
    return clear_recurrence(task);
  }
  // A rule of another type starts anew; of the same type what was not sent stays.
  if (task.recurrence_type != before.recurrence_type)
    for (const RuleMember& row : kRuleMembers)
      if (row.first_type > 1 && !is_sent(sent, row.column)) (task.*row.member).reset();
  if (is_sent(sent, 216) && task.until && !is_sent(sent, 222)) task.occurrences.reset();
  if (is_sent(sent, 222) && task.occurrences && !is_sent(sent, 216)) task.until.reset();
  if (!task.start || !task.due) throw ApiError(errors::tsk::kNoRecurrenceDates);
  const recurrence::Series series = series_of(task, zone);
  const auto first = recurrence::first_occurrence(series, recurrence::Include::All);
  if (!first) throw ApiError(errors::app::kUntilBeforeStart);
  move_to(task, *first);
}

std::optional<Task> next_open(const Task& done, const TimeZone& zone) {
  if (!done.start || !done.due || (done.occurrences && *done.occurrences <= 1)) return std::nullopt;
  const recurrence::Series series = series_of(done, zone);
  recurrence::Occurrences occurrences(series, recurrence::Include::All, zone);
  occurrences.seek({series.start.seconds + 1});
  const auto found = occurrences.next();
  if (!found) return std::nullopt;
  Task next = done;
  move_to(next, *found);
  if (next.occurrences) --*next.occurrences;
  next.status = static_cast<std::int64_t>(Status::NotStarted);
  next.percent_completed = 0;
  next.date_completed = {};
  next.actual_costs.reset();
  next.actual_duration.reset();
  return next;
}

}  // namespace gw::model::tasks
