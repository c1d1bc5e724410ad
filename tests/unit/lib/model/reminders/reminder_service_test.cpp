#include "model/reminders/reminder_service.hpp"

#include "model/reminders/alarms.hpp"
#include "model/reminders/reminder_fields.hpp"
#include "unit/lib/model/tasks/task_board.hpp"

namespace gw::test {
namespace {

namespace reminders = model::reminders;

class Reminders : public TaskBoard {
 protected:
  std::vector<reminders::Reminder> due(UserId user, std::int64_t end,
                                       const std::vector<std::int64_t>& modules = {}) {
    return reminders::list_due(as(user), {end}, modules).items;
  }
  ObjectId dismissed(UserId user, std::int64_t id) {
    const auto left = reminders::dismiss(as(user), std::array{ObjectId(id)}).kept;
    return left.empty() ? ObjectId() : left.front();
  }
};

TEST_F(Reminders, AnAlarmIsTheReminderOfOneUser) {
  const FolderId home = this->home(kAnna), bertas = this->home(kBerta);
  const ObjectId id = create(kAnna, home, "{'title':'t','alarm':5000,'participants':[{'id':4,'type':1}]}");
  EXPECT_EQ(get(kBerta, {bertas, id}).alarm, Millis{});
  update(kBerta, {bertas, id}, "{'alarm':9000}");
  EXPECT_EQ(get(kAnna, {home, id}).alarm, Millis{5'000});
  const auto found = due(kAnna, 5'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].module, 4);
  EXPECT_EQ(found[0].target_id, id.value);
  EXPECT_EQ(found[0].folder, home.value);
  EXPECT_EQ(found[0].user_id, kAnna.value);
  EXPECT_EQ(found[0].server_time, database.clock.now());
  EXPECT_TRUE(due(kAnna, 4'999).empty());
  EXPECT_TRUE(due(kBerta, 5'000).empty());
  EXPECT_EQ(due(kBerta, 9'000).at(0).folder, bertas.value);
  update(kAnna, {home, id}, "{'alarm':7000}");
  EXPECT_EQ(due(kAnna, 7'000).at(0).id, found[0].id);
  update(kAnna, {home, id}, "{'alarm':null}");
  EXPECT_TRUE(due(kAnna, 9'000).empty());
  EXPECT_EQ(due(kBerta, 9'000).size(), 1U);
}

TEST_F(Reminders, AreOrderedByTimeAndChosenByModule) {
  const FolderId home = this->home(kAnna);
  create(kAnna, home, "{'title':'late','alarm':6000}");
  create(kAnna, home, "{'title':'early','alarm':5000}");
  const auto found = due(kAnna, 10'000, {1, 4});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_LT(found[0].alarm, found[1].alarm);
  EXPECT_TRUE(due(kAnna, 10'000, {1}).empty());
  EXPECT_EQ(reminders::list_due(as(kAnna), {10'000}, {}).timestamp, now());
  EXPECT_EQ(reminders::list_due(as(kAnna), {1}, {}).timestamp, now());
}

TEST_F(Reminders, WhatCannotBeReadIsLeftOut) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  const ObjectId id = create(kAnna, home, "{'title':'t'}");
  update(kBerta, {home, id}, "{'alarm':5000}");
  EXPECT_EQ(due(kBerta, 5'000).size(), 1U);
  update(kAnna, {home, id}, "{'private_flag':true}");
  EXPECT_TRUE(due(kBerta, 5'000).empty());
  remove(kAnna, {home, id});
  EXPECT_EQ(count("reminders"), 0);
}

TEST_F(Reminders, DismissingClearsTheAlarmOfTheTaskForOneselfOnly) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'title':'t','alarm':5000}");
  const Millis before = get(kAnna, {home, id}).last_modified;
  const std::int64_t reminder = due(kAnna, 5'000).at(0).id;
  EXPECT_EQ(dismissed(kBerta, reminder), ObjectId(reminder));
  EXPECT_EQ(due(kAnna, 5'000).size(), 1U);
  EXPECT_EQ(dismissed(kAnna, reminder), ObjectId());
  EXPECT_EQ(get(kAnna, {home, id}).alarm, Millis{});
  EXPECT_GT(get(kAnna, {home, id}).last_modified, before);
  EXPECT_EQ(dismissed(kAnna, reminder), ObjectId(reminder));
}

TEST_F(Reminders, PuttingOffMovesTheAlarm) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'title':'t','alarm':5000}");
  const Millis since = now();
  const ObjectId reminder(due(kAnna, 5'000).at(0).id);
  const auto moved = reminders::remind_again(as(kAnna), reminder, {8'000});
  EXPECT_EQ(moved.alarm, Millis{8'000});
  EXPECT_EQ(moved.server_time, database.clock.now());
  EXPECT_EQ(get(kAnna, {home, id}).alarm, Millis{8'000});
  EXPECT_EQ(reminders::list_changed(as(kAnna), since).items.size(), 1U);
  EXPECT_TRUE(reminders::list_changed(as(kAnna), moved.last_modified).items.empty());
  EXPECT_EQ(refusal([&] { reminders::remind_again(as(kBerta), reminder, {9'000}); }), "REM-0009");
}

}  // namespace
}  // namespace gw::test
