#include "formats/ical/task_todo.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace gw::formats::ical {
namespace {

using model::tasks::Number;
using model::tasks::Status;
using model::tasks::Task;

struct StatusWord {
  Status status;
  std::string_view word;
};
/// The first row of a status writes it, the first row of a word reads it: waiting has no word of its own.
constexpr StatusWord kStatusWords[] = {
    {Status::NotStarted, "NEEDS-ACTION"}, {Status::InProgress, "IN-PROCESS"}, {Status::Done, "COMPLETED"},
    {Status::Deferred, "CANCELLED"},      {Status::Waiting, "NEEDS-ACTION"},
};

struct Importance {
  std::int64_t priority;
  int least, most;  ///< of PRIORITY
  const char* written;
};
constexpr Importance kImportances[] = {{3, 1, 4, "1"}, {2, 5, 5, "5"}, {1, 6, 9, "9"}};

DateValue utc_value(Millis instant) { return {DateKind::Utc, TimeZone::utc().local_at(instant), {}}; }

DateValue task_date(const Task& task, std::int64_t value) {
  if (task.full_time) return {DateKind::Date, LocalTime::at_midnight(Date::from_millis(value)), {}};
  return utc_value({value});
}

std::vector<std::string> category_list(const std::string& text) {
  std::vector<std::string> list;
  for (const std::string_view part : split(text, ','))
    if (!part.empty()) list.emplace_back(part);
  return list;
}

Component display_alarm(const Task& task) {
  Component alarm{.name = "VALARM"};
  alarm.properties.push_back(plain_property("ACTION", "DISPLAY"));
  alarm.properties.push_back(trigger_property({.at = task.alarm}));
  alarm.properties.push_back(text_property("DESCRIPTION", task.title.value_or("Reminder")));
  return alarm;
}

/// Days when one of both is a day, else instants.
void read_dates(Task& task, const Item& item, ZoneResolver& zones, std::vector<int>& columns) {
  const auto is_day = [](const std::optional<DateValue>& value) {
    return value && value->kind == DateKind::Date;
  };
  std::optional<DateValue> due = item.end;
  if (!due && item.start && item.duration) {
    due = item.start;
    due->local.seconds += item.duration->total_seconds();
  }
  task.full_time = is_day(item.start) || is_day(due);
  const auto read = [&](const std::optional<DateValue>& value, Number& target, int column) {
    if (!value) return;
    target = task.full_time ? LocalTime::at_midnight(value->local.date()).seconds * 1'000
                            : zones.instant_of(*value).value;
    columns.push_back(column);
  };
  read(item.start, task.start, 316);
  read(due, task.due, 317);
  if (task.start && task.due && *task.start > *task.due) task.due = task.start;
  if (task.start || task.due) columns.push_back(401);
}

std::optional<Millis> alarm_time(const Alarm& alarm, const Task& task) {
  if (alarm.action != "DISPLAY" || !alarm.trigger) return std::nullopt;
  if (alarm.trigger->at) return alarm.trigger->at;
  const Number& base = alarm.trigger->is_from_end ? task.due : task.start;
  if (!base) return std::nullopt;
  return Millis{*base + alarm.trigger->after.total_seconds() * 1'000};
}

void read_progress(Task& task, const Item& item, std::vector<int>& columns) {
  const std::string word = item.status.value_or("");
  const auto row = std::find_if(std::begin(kStatusWords), std::end(kStatusWords), [&](const StatusWord& one) {
    return equal_ignoring_ascii_case(one.word, word);
  });
  if (row != std::end(kStatusWords)) task.status = static_cast<std::int64_t>(row->status);
  // Some programs give only the time of completion.
  if (item.completed && word.empty()) task.status = static_cast<std::int64_t>(Status::Done);
  columns.push_back(300);
  if (item.completed && task.status == static_cast<std::int64_t>(Status::Done)) {
    task.date_completed = *item.completed;
    columns.push_back(315);
  }
  if (!item.percent || task.status == static_cast<std::int64_t>(Status::NotStarted)) return;
  task.percent_completed = std::clamp(*item.percent, 0, 100);
  columns.push_back(301);
}

}  // namespace

Component todo_of_task(const Task& task) {
  Component todo{.name = "VTODO"};
  const auto add = [&](Property property) { todo.properties.push_back(std::move(property)); };
  add(text_property("UID", task.uid.value_or("")));
  add(date_property("DTSTAMP", utc_value(task.last_modified)));
  add(date_property("CREATED", utc_value(task.creation_date)));
  add(date_property("LAST-MODIFIED", utc_value(task.last_modified)));
  if (task.title) add(text_property("SUMMARY", *task.title));
  if (task.note) add(text_property("DESCRIPTION", *task.note));
  if (task.categories) add(list_property("CATEGORIES", category_list(*task.categories)));
  if (task.start) add(date_property("DTSTART", task_date(task, *task.start)));
  if (task.due) add(date_property("DUE", task_date(task, *task.due)));
  for (const Importance& row : kImportances)
    if (task.priority == row.priority) add(plain_property("PRIORITY", row.written));
  for (const StatusWord& row : kStatusWords)
    if (task.status == static_cast<std::int64_t>(row.status)) add(plain_property("STATUS", row.word));
  add(plain_property("PERCENT-COMPLETE", std::to_string(task.percent_completed)));
  if (task.date_completed.value != 0) add(date_property("COMPLETED", utc_value(task.date_completed)));
  if (task.alarm.value != 0) todo.components.push_back(display_alarm(task));
  return todo;
}

TaskOfTodo task_of_todo(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings) {
  TaskOfTodo result;
  Task& task = result.task;
  const auto take = [&](model::tasks::Text& target, const Text& value, int column) {
    if (!value || value->empty()) return;
    target = value;
    result.columns.push_back(column);
  };
  take(task.uid, item.uid, 223);
  take(task.title, item.summary, 200);
  take(task.note, item.description, 203);
  if (!item.categories.empty()) take(task.categories, join(item.categories, ","), 100);
  read_dates(task, item, zones, result.columns);
  read_progress(task, item, result.columns);
  for (const Importance& row : kImportances) {
    if (!item.priority || *item.priority < row.least || *item.priority > row.most) continue;
    task.priority = row.priority;
    result.columns.push_back(309);
  }
  if (item.rule || !item.attendees.empty())
    warnings.push_back({WarningKind::BadValue, item.rule ? "RRULE" : "ATTENDEE"});
  for (const Alarm& alarm : item.alarms) {
    const auto time = alarm_time(alarm, task);
    if (!time || task.alarm.value != 0) continue;
    task.alarm = *time;
    result.columns.push_back(204);
  }
  return result;
}

}  // namespace gw::formats::ical
