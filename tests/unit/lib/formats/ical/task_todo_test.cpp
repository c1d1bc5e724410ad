#include "formats/ical/task_todo.hpp"

#include <gtest/gtest.h>

#include "formats/ical/component_writer.hpp"

namespace gw::formats::ical {
namespace {

using model::tasks::Task;

constexpr std::int64_t kDayMillis = 86'400'000;
/// 2024-07-01, midnight UTC.
constexpr std::int64_t kFirstOfJuly = 1'719'792'000'000;

TaskOfTodo read_todo(const std::string& lines, std::vector<Warning>* told = nullptr) {
  const ReadText read =
      read_components("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\n" + lines + "END:VTODO\r\nEND:VCALENDAR\r\n");
  const CalendarObject calendar = read_calendar(read.calendars.at(0));
  ZoneResolver zones(calendar.zones, {TimeZone::find("Europe/Berlin").value_or(TimeZone::utc())}, {0},
                     {kFirstOfJuly});
  std::vector<Warning> warnings;
  TaskOfTodo todo = task_of_todo(calendar.items.at(0), zones, warnings);
  if (told != nullptr) *told = warnings;
  return todo;
}

Task full_task() {
  Task task;
  task.uid = "u";
  task.title = "a, b";
  task.note = "x\ny";
  task.categories = "one,two";
  task.start = kFirstOfJuly + 3'600'000;
  task.due = kFirstOfJuly + 7'200'000;
  task.status = 2;
  task.percent_completed = 40;
  task.priority = 3;
  task.alarm = {kFirstOfJuly};
  return task;
}

TEST(TaskTodo, WhatBothKnowComesBack) {
  const std::string text = format_component(todo_of_task(full_task()));
  const std::string inside =
      text.substr(text.find("\r\n") + 2, text.rfind("END:VTODO") - text.find("\r\n") - 2);
  const Task task = read_todo(inside).task;
  EXPECT_EQ(task.uid, "u");
  EXPECT_EQ(task.title, "a, b");
  EXPECT_EQ(task.note, "x\ny");
  EXPECT_EQ(task.categories, "one,two");
  EXPECT_EQ(task.start, kFirstOfJuly + 3'600'000);
  EXPECT_EQ(task.due, kFirstOfJuly + 7'200'000);
  EXPECT_FALSE(task.full_time);
  EXPECT_EQ(task.status, 2);
  EXPECT_EQ(task.percent_completed, 40);
  EXPECT_EQ(task.priority, 3);
  EXPECT_EQ(task.alarm, Millis{kFirstOfJuly});
}

TEST(TaskTodo, DaysStayDaysAndZonesBecomeInstants) {
  const Task days = read_todo("DTSTART;VALUE=DATE:20240701\r\nDUE;VALUE=DATE:20240702\r\n").task;
  EXPECT_TRUE(days.full_time);
  EXPECT_EQ(days.start, kFirstOfJuly);
  EXPECT_EQ(days.due, kFirstOfJuly + kDayMillis);
  const Task zoned = read_todo("DUE;TZID=America/New_York:20240701T080000\r\n").task;
  EXPECT_FALSE(zoned.full_time);
  EXPECT_EQ(zoned.due, kFirstOfJuly + 12 * 3'600'000);
  EXPECT_FALSE(zoned.start.has_value());
  EXPECT_EQ(read_todo("DTSTART:20240701T000000Z\r\nDURATION:PT2H\r\n").task.due, kFirstOfJuly + 7'200'000);
}

TEST(TaskTodo, WordsAndNumbersAreMapped) {
  const std::pair<const char*, int> words[] = {{"NEEDS-ACTION", 1}, {"IN-PROCESS", 2}, {"COMPLETED", 3},
                                               {"CANCELLED", 5},    {"in-process", 2}, {"ODD", 1}};
  for (const auto& [word, status] : words)
    EXPECT_EQ(read_todo(std::string("STATUS:") + word + "\r\n").task.status, status) << word;
  const std::pair<const char*, int> numbers[] = {{"1", 3}, {"4", 3}, {"5", 2}, {"6", 1}, {"9", 1}};
  for (const auto& [written, priority] : numbers)
    EXPECT_EQ(read_todo(std::string("PRIORITY:") + written + "\r\n").task.priority, priority) << written;
  EXPECT_FALSE(read_todo("PRIORITY:0\r\n").task.priority.has_value());
  const Task done = read_todo("COMPLETED:20240701T000000Z\r\n").task;
  EXPECT_EQ(done.status, 3);
  EXPECT_EQ(done.date_completed, Millis{kFirstOfJuly});
  EXPECT_EQ(read_todo("STATUS:NEEDS-ACTION\r\nPERCENT-COMPLETE:50\r\n").task.percent_completed, 0);
}

TEST(TaskTodo, AlarmsMayBeRelative) {
  const std::string alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER";
  EXPECT_EQ(read_todo("DTSTART:20240701T010000Z\r\n" + alarm + ":-PT1H\r\nEND:VALARM\r\n").task.alarm,
            Millis{kFirstOfJuly});
  EXPECT_EQ(read_todo("DUE:20240701T010000Z\r\n" + alarm + ";RELATED=END:-PT1H\r\nEND:VALARM\r\n").task.alarm,
            Millis{kFirstOfJuly});
  EXPECT_EQ(read_todo(alarm + ":-PT1H\r\nEND:VALARM\r\n").task.alarm, Millis{});
}

TEST(TaskTodo, WhatDoesNotTravelIsTold) {
  std::vector<Warning> told;
  read_todo("DTSTART:20240701T010000Z\r\nRRULE:FREQ=DAILY\r\n", &told);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].where, "RRULE");
}

}  // namespace
}  // namespace gw::formats::ical
