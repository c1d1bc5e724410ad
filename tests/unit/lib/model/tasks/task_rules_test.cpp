#include "model/tasks/task_rules.hpp"

#include "task_board.hpp"

namespace gw::test {
namespace {

std::string parse_refusal(const std::string& body) {
  return refusal([&] { tasks::parse_task(json(body), TimeZone::utc()); });
}

TEST(TaskInput, ValuesOutOfTheirRangeAreRefused) {
  EXPECT_EQ(parse_refusal("{'status':6}"), "TSK-0039");
  EXPECT_EQ(parse_refusal("{'percent_completed':101}"), "TSK-0030");
  EXPECT_EQ(parse_refusal("{'percent_completed':-1}"), "TSK-0030");
  EXPECT_EQ(parse_refusal("{'status':1,'percent_completed':5}"), "TSK-0031");
  EXPECT_EQ(parse_refusal("{'status':3,'percent_completed':5}"), "");
  EXPECT_EQ(parse_refusal("{'percent_completed':5}"), "");
  EXPECT_EQ(parse_refusal("{'priority':4}"), "TSK-0057");
  EXPECT_EQ(parse_refusal("{'priority':null}"), "");
  EXPECT_EQ(parse_refusal("{'actual_duration':'1 h'}"), "TSK-0055");
  EXPECT_EQ(parse_refusal("{'target_duration':-1}"), "TSK-0055");
  EXPECT_EQ(parse_refusal("{'actual_costs':1e12}"), "SVL-0010");
  EXPECT_EQ(parse_refusal("{'actual_costs':9999999999.99}"), "");
  EXPECT_EQ(parse_refusal("{'actual_costs':'x'}"), "SVL-0010");
  EXPECT_EQ(parse_refusal("{'color_label':11}"), "SVL-0010");
  EXPECT_EQ(parse_refusal("{'start_time':9000000000000000}"), "SVL-0010");
  EXPECT_EQ(parse_refusal("{'alarm':-9000000000000000}"), "SVL-0010");
  EXPECT_EQ(parse_refusal("{'title':'" + std::string(257, 'x') + "'}"), "TSK-0041");
  EXPECT_EQ(parse_refusal("{'title':'a\\u0001'}"), "TSK-0058");
  EXPECT_EQ(parse_refusal("[]"), "SVL-0028");
}

TEST(TaskInput, ParticipantsAreUsersGroupsAndPeopleOutside) {
  EXPECT_EQ(parse_refusal("{'participants':[{'id':3,'type':3}]}"), "TSK-0049");
  EXPECT_EQ(parse_refusal("{'participants':[{'id':3}]}"), "TSK-0049");
  EXPECT_EQ(parse_refusal("{'participants':[{'type':5}]}"), "TSK-0044");
  EXPECT_EQ(parse_refusal("{'participants':[{'type':1}]}"), "SVL-0010");
  EXPECT_EQ(parse_refusal("{'participants':'3'}"), "SVL-0010");
  const auto twice = tasks::parse_task(
      json("{'participants':[{'id':3,'type':1},{'id':'3','type':1},{'type':5,'mail':'A@b.test'},"
           "{'type':5,'mail':'a@b.test'},{'id':3,'type':2}]}"),
      TimeZone::utc());
  EXPECT_EQ(twice.task.participants.size(), 3U);
}

class TaskDates : public TaskBoard {
 protected:
  const TimeZone berlin = TimeZone::find("Europe/Berlin").value_or(TimeZone::utc());
  static constexpr std::int64_t kHour = 3'600'000;
};

TEST_F(TaskDates, TimesAreShiftedIntoTheZoneAndDaysAreNot) {
  const FolderId home = this->home(kAnna);
  const std::string start = std::to_string(kMonday + 10 * kHour), due = std::to_string(kMonday + 11 * kHour);
  const ObjectId timed = create(kAnna, home, "{'start_time':" + start + ",'end_time':" + due + "}", berlin);
  EXPECT_EQ(get(kAnna, {home, timed}).start, kMonday + 8 * kHour);
  EXPECT_EQ(shown(kAnna, {home, timed}, berlin).get("start_time").as_integer(), kMonday + 10 * kHour);
  EXPECT_EQ(shown(kAnna, {home, timed}).get("start_time").as_integer(), kMonday + 8 * kHour);
  EXPECT_EQ(shown(kAnna, {home, timed}).get("end_date").as_integer(), kMonday);
  const ObjectId whole = create(kAnna, home, "{'full_time':true,'start_time':" + start + "}", berlin);
  EXPECT_EQ(get(kAnna, {home, whole}).start, kMonday);
  EXPECT_EQ(shown(kAnna, {home, whole}, berlin).get("start_time").as_integer(), kMonday);
  EXPECT_EQ(shown(kAnna, {home, whole}, berlin).get("start_date").as_integer(), kMonday);
}

TEST_F(TaskDates, TheOldPairMeansDaysAndTheNewOneWins) {
  const FolderId home = this->home(kAnna);
  const std::string start = std::to_string(kMonday), late = std::to_string(kMonday + 20 * kHour);
  const Task old =
      get(kAnna, {home, create(kAnna, home, "{'start_date':" + late + ",'end_date':" + late + "}")});
  EXPECT_TRUE(old.full_time);
  EXPECT_EQ(old.start, kMonday);
  const Task both =
      get(kAnna, {home, create(kAnna, home, "{'start_time':" + late + ",'start_date':" + start + "}")});
  EXPECT_FALSE(both.full_time);
  EXPECT_EQ(both.start, kMonday + 20 * kHour);
  EXPECT_EQ(refused(kAnna, home, "{'start_time':" + late + ",'end_time':" + start + "}"), "TSK-0040");
  EXPECT_EQ(refused(kAnna, home, "{'start_time':" + late + ",'end_time':" + late + "}"), "");
}

TEST_F(TaskDates, SwitchingBetweenDaysAndTimesKeepsTheDay) {
  const FolderId home = this->home(kAnna);
  const ObjectId id =
      create(kAnna, home, "{'start_time':" + std::to_string(kMonday + 1 * kHour) + "}", berlin);
  update(kAnna, {home, id}, "{'full_time':true}", tasks::kAnyVersion, berlin);
  EXPECT_EQ(get(kAnna, {home, id}).start, kMonday);
  update(kAnna, {home, id}, "{'full_time':false}", tasks::kAnyVersion, berlin);
  EXPECT_EQ(get(kAnna, {home, id}).start, kMonday - 2 * kHour);
}

TEST_F(TaskDates, CompletionIsDatedAndReopeningForgetsIt) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'title':'t'}");
  const Millis done = update(kAnna, {home, id}, "{'status':3}");
  EXPECT_EQ(get(kAnna, {home, id}).date_completed, done);
  update(kAnna, {home, id}, "{'status':3,'note':'n'}");
  EXPECT_EQ(get(kAnna, {home, id}).date_completed, done);
  update(kAnna, {home, id}, "{'status':3,'date_completed':5000}");
  EXPECT_EQ(get(kAnna, {home, id}).date_completed, Millis{5'000});
  update(kAnna, {home, id}, "{'status':2}");
  EXPECT_EQ(get(kAnna, {home, id}).date_completed, Millis{});
}

}  // namespace
}  // namespace gw::test
