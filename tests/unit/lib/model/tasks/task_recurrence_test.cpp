#include "model/tasks/task_recurrence.hpp"

#include "task_board.hpp"

namespace gw::test {
namespace {

class Recurrence : public TaskBoard {
 protected:
  static std::string dates(std::int64_t first, std::int64_t last) {
    return "'full_time':true,'start_time':" + std::to_string(first) + ",'end_time':" + std::to_string(last);
  }
  /// Members of a task on that Monday, one day long.
  static std::string on_monday(const std::string& rule) {
    return "{'title':'t'," + dates(kMonday, kMonday + kDay) + "," + rule + "}";
  }
  FolderId place() { return home(kAnna); }
  std::string refused_rule(const std::string& rule) { return refused(kAnna, place(), on_monday(rule)); }
  Task created(const std::string& rule) {
    return get(kAnna, {place(), create(kAnna, place(), on_monday(rule))});
  }
  Task finish(ObjectId id) {
    update(kAnna, {place(), id}, "{'status':3,'percent_completed':100}");
    return get(kAnna, {place(), id});
  }
  std::vector<Task> open() {
    auto all = list(kAnna, place());
    std::erase_if(all, [](const Task& task) { return task.status == 3; });
    return all;
  }
};

TEST_F(Recurrence, DatesShiftToTheFirstDayThatTheRuleHits) {
  const Task task = created("'recurrence_type':2,'interval':1,'days':8");  // Wednesday
  EXPECT_EQ(task.start, kMonday + 2 * kDay);
  EXPECT_EQ(task.due, kMonday + 3 * kDay);
  EXPECT_EQ(created("'recurrence_type':1,'interval':3").start, kMonday);
  EXPECT_EQ(created("'recurrence_type':3,'interval':1,'day_in_month':15").start, kMonday + 14 * kDay);
  EXPECT_EQ(created("'recurrence_type':4,'interval':1,'day_in_month':5,'days':32,'month':6").start,
            kMonday + 25 * kDay);  // the last Friday of July
}

TEST_F(Recurrence, MembersAreCheckedAsThoseOfAppointments) {
  EXPECT_EQ(refused(kAnna, place(), "{'recurrence_type':1,'interval':1}"), "TSK-0037");
  EXPECT_EQ(refused_rule("'interval':1"), "TSK-0036");
  EXPECT_EQ(refused_rule("'recurrence_type':0,'interval':1"), "");
  EXPECT_EQ(refused_rule("'recurrence_type':1"), "APP-0087");
  EXPECT_EQ(refused_rule("'recurrence_type':1,'interval':0"), "APP-0055");
  EXPECT_EQ(refused_rule("'recurrence_type':1,'interval':1000"), "APP-0078");
  EXPECT_EQ(refused_rule("'recurrence_type':2,'interval':1"), "APP-0089");
  EXPECT_EQ(refused_rule("'recurrence_type':3,'interval':1"), "APP-0090");
  EXPECT_EQ(refused_rule("'recurrence_type':3,'interval':1,'day_in_month':32"), "APP-0045");
  EXPECT_EQ(refused_rule("'recurrence_type':4,'interval':1,'day_in_month':1"), "APP-0091");
  EXPECT_EQ(refused_rule("'recurrence_type':4,'interval':1,'day_in_month':1,'month':12"), "APP-0049");
  EXPECT_EQ(refused_rule("'recurrence_type':1,'interval':1,'occurrences':2,'until':1893456000000"),
            "APP-0095");
  EXPECT_EQ(refused_rule("'recurrence_type':1,'interval':1,'until':0"), "APP-0086");
  EXPECT_EQ(refused_rule("'recurrence_type':4,'interval':1,'day_in_month':30,'month':1"), "SVL-0010");
  EXPECT_EQ(refused_rule("'recurrence_type':9,'interval':1"), "SVL-0010");
  EXPECT_EQ(refused_rule("'recurrence_type':1,'interval':1,'days':0,'occurrences':0"), "");
}

TEST_F(Recurrence, PartialChangesTakeTheRestFromTheStoredRule) {
  const Task task = created("'recurrence_type':2,'interval':2,'days':2,'occurrences':5");
  const TaskRef ref{place(), ObjectId(task.id)};
  update(kAnna, ref, "{'recurrence_type':2,'days':8}");
  Task changed = get(kAnna, ref);
  EXPECT_EQ(changed.interval, 2);
  EXPECT_EQ(changed.occurrences, 5);
  EXPECT_EQ(changed.start, kMonday + 2 * kDay);
  update(kAnna, ref, "{'occurrences':0}");
  EXPECT_EQ(get(kAnna, ref).occurrences, std::nullopt);
  update(kAnna, ref, "{'until':1893456000000}");
  update(kAnna, ref, "{'occurrences':3}");
  EXPECT_EQ(get(kAnna, ref).until, std::nullopt);
  update(kAnna, ref, "{'recurrence_type':1}");
  changed = get(kAnna, ref);
  EXPECT_EQ(changed.days, std::nullopt);
  EXPECT_EQ(changed.interval, 2);
  update(kAnna, ref, "{'recurrence_type':0}");
  changed = get(kAnna, ref);
  EXPECT_EQ(changed.interval, std::nullopt);
  EXPECT_EQ(changed.occurrences, std::nullopt);
  EXPECT_EQ(changed.start, kMonday + 2 * kDay);
}

TEST_F(Recurrence, ADoneTaskLeavesTheNextOpenOne) {
  const FolderId bertas = home(kBerta);
  const Task task =
      created("'recurrence_type':2,'interval':1,'days':2,'occurrences':2,'alarm':" + std::to_string(kMonday) +
              ",'actual_duration':'5','participants':[{'id':4,'type':1}]");
  tasks::confirm(as(kBerta), {bertas, ObjectId(task.id)}, {1, "yes"}, tasks::kAnyVersion);
  database.events.events.clear();
  const Task done = finish(ObjectId(task.id));
  EXPECT_EQ(done.recurrence_type, 0);
  EXPECT_EQ(done.start, kMonday);
  ASSERT_EQ(open().size(), 1U);
  const Task next = open()[0];
  EXPECT_EQ(next.start, kMonday + 7 * kDay);
  EXPECT_EQ(next.due, kMonday + 8 * kDay);
  EXPECT_EQ(next.status, 1);
  EXPECT_EQ(next.percent_completed, 0);
  EXPECT_EQ(next.date_completed, Millis{});
  EXPECT_EQ(next.occurrences, 1);
  EXPECT_EQ(next.actual_duration, std::nullopt);
  EXPECT_NE(next.uid, done.uid);
  EXPECT_EQ(next.alarm, Millis{kMonday + 7 * kDay});
  EXPECT_EQ(next.users.at(0).confirmation, 0);
  EXPECT_EQ(titles(kBerta, bertas).size(), 2U);
  EXPECT_EQ(database.events.events.size(), 2U);
  finish(ObjectId(next.id));
  EXPECT_TRUE(open().empty());
}

TEST_F(Recurrence, NothingFollowsBehindTheLastDay) {
  const Task task = created("'recurrence_type':1,'interval':1,'until':" + std::to_string(kMonday + kDay));
  finish(ObjectId(task.id));
  ASSERT_EQ(open().size(), 1U);
  finish(ObjectId(open()[0].id));
  EXPECT_TRUE(open().empty());
}

TEST_F(Recurrence, TimesKeepTheirPlaceOnTheWallWhenClocksChange) {
  const TimeZone berlin = TimeZone::find("Europe/Berlin").value_or(TimeZone::utc());
  auto caller = as(kAnna).caller();
  caller.timezone = berlin;
  caller.marks = {};
  as(kAnna).replace_caller(caller);
  // 2024-03-30, 9 o'clock; the clocks change in the next night.
  const std::int64_t nine = 1'711'756'800'000 + 9 * 3'600'000;
  const ObjectId id = create(kAnna, place(),
                             "{'recurrence_type':1,'interval':1,'start_time':" + std::to_string(nine) +
                                 ",'end_time':" + std::to_string(nine + 3'600'000) + "}",
                             berlin);
  finish(id);
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(to_zone_time({*open()[0].start}, berlin), nine + kDay);
  EXPECT_EQ(*open()[0].start - *get(kAnna, {place(), id}).start, kDay - 3'600'000);
}

}  // namespace
}  // namespace gw::test
