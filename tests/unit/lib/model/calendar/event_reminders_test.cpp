// Appointments in the module reminder: the alarms that are due, as the reminder service gives them.
#include "model/calendar/event_reminders.hpp"

#include "model/reminders/reminder_service.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

namespace reminders = model::reminders;
using reminders::Reminder;

constexpr std::int64_t kDayOfMillis = 86'400'000;

class EventReminders : public WritingDesk {
 protected:
  std::vector<Reminder> due(UserId user, std::string_view until) {
    return reminders::list_due(as(user), instant_of(when(until), TimeZone::utc()), {}).items;
  }
  /// The first of all.
  Reminder next(UserId user) {
    const auto found = due(user, "20300101T000000Z");
    EXPECT_FALSE(found.empty());
    return found.empty() ? Reminder{} : found.front();
  }
  std::string next_time(UserId user) { return format_basic_utc(next(user).alarm); }
  bool dismiss(UserId user, std::int64_t id) {
    return reminders::dismiss(as(user), std::array{ObjectId(id)}).kept.empty();
  }
};

TEST_F(EventReminders, AnAppointmentIsListedUntilItsTimeAndGoesWhenItIsDismissed) {
  const ObjectId id = create(kAnna, Draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000")
                                        .with({user(kBerta)})
                                        .reminding({minutes_before(15)}));
  EXPECT_TRUE(due(kAnna, "20240701T064459Z").empty());
  const auto found = due(kAnna, "20240701T064500Z");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].module, 1);
  EXPECT_EQ(found[0].target_id, id.value);
  EXPECT_EQ(found[0].folder, home(kAnna).value);
  EXPECT_EQ(found[0].user_id, kAnna.value);
  EXPECT_EQ(found[0].recurrence_position, 0);
  EXPECT_EQ(found[0].last_modified, stored(id).timestamp);
  EXPECT_TRUE(due(kBerta, "20300101T000000Z").empty());
  EXPECT_FALSE(dismiss(kBerta, found[0].id));
  const Millis before = stored(id).timestamp;
  // A month before its time: it stays dismissed.
  EXPECT_TRUE(dismiss(kAnna, found[0].id));
  EXPECT_TRUE(due(kAnna, "20300101T000000Z").empty());
  EXPECT_GT(stored(id).timestamp, before);
  EXPECT_FALSE(dismiss(kAnna, found[0].id));
}

TEST_F(EventReminders, OfASeriesTheNextOccurrenceFollowsWithItsPosition) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z")
                                        .rule("FREQ=DAILY;COUNT=4")
                                        .reminding({minutes_before(15)}));
  remove(kAnna, id, "20240702T090000Z");
  update_at(kAnna, id, "20240703T090000Z", Draft().at("20240703T120000Z", "20240703T130000Z"));
  const auto first = next(kAnna);
  EXPECT_EQ(first.recurrence_position, 1);
  EXPECT_EQ(first.target_id, id.value);
  EXPECT_TRUE(dismiss(kAnna, first.id));
  // The deleted one counts; the moved one has an alarm of its own, and the series goes on behind it.
  const auto left = due(kAnna, "20300101T000000Z");
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(format_basic_utc(left[0].alarm), "20240703T114500Z");
  EXPECT_EQ(left[0].target_id, exceptions(id).at(0).id.value);
  EXPECT_EQ(left[0].recurrence_position, 3);
  EXPECT_EQ(format_basic_utc(left[1].alarm), "20240704T084500Z");
  EXPECT_EQ(left[1].recurrence_position, 4);
  EXPECT_TRUE(dismiss(kAnna, left[0].id));
  EXPECT_TRUE(dismiss(kAnna, left[1].id));
  EXPECT_TRUE(due(kAnna, "20300101T000000Z").empty());
}

TEST_F(EventReminders, PuttingOffMovesOneAndOthersStay) {
  const ObjectId id = create(
      kAnna,
      Draft("20240701T090000Z", "20240701T100000Z").reminding({minutes_before(15), minutes_before(5)}));
  const Reminder first = next(kAnna);
  const Millis later{first.alarm.value + kDayOfMillis};
  const Millis since = stored(id).timestamp;
  const Reminder moved = reminders::remind_again(as(kAnna), ObjectId(first.id), later);
  EXPECT_NE(moved.id, first.id);
  EXPECT_EQ(moved.alarm, later);
  EXPECT_EQ(moved.target_id, id.value);
  EXPECT_EQ(moved.last_modified, stored(id).timestamp);
  const auto left = due(kAnna, "20300101T000000Z");
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(format_basic_utc(left[0].alarm), "20240701T085500Z");
  EXPECT_EQ(left[1].id, moved.id);
  EXPECT_EQ(reminders::list_changed(as(kAnna), since).items.size(), 2U);
  EXPECT_TRUE(reminders::list_changed(as(kAnna), moved.last_modified).items.empty());
  EXPECT_EQ(refusal([&] { reminders::remind_again(as(kAnna), ObjectId(first.id), later); }), "REM-0009");
  EXPECT_EQ(refusal([&] { reminders::remind_again(as(kBerta), ObjectId(moved.id), later); }), "REM-0009");
}

TEST_F(EventReminders, WhoDeclinesIsNotReminded) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  calendar::update_alarms(as(kBerta), {home(kBerta), id, {}}, std::vector{minutes_before(15)}, {});
  EXPECT_EQ(next(kBerta).folder, home(kBerta).value);
  EXPECT_EQ(next_time(kBerta), "20240701T084500Z");
  answer(kBerta, id, PartStat::Declined);
  EXPECT_TRUE(due(kBerta, "20300101T000000Z").empty());
}

}  // namespace
}  // namespace gw::test
