#include "model/calendar/alarm_triggers.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Alarm;

constexpr std::int64_t kMinute = 60'000, kHourLong = 60 * kMinute, kDayLong = 24 * kHourLong;

Draft reminded(std::string_view start, std::string_view end) {
  return Draft(start, end).reminding({minutes_before(15)});
}

Alarm absolute(std::string_view at) {
  Alarm alarm;
  alarm.at = instant_of(when(at), TimeZone::utc());
  return alarm;
}

class AlarmDesk : public WritingDesk {
 protected:
  std::int64_t first_alarm(UserId user) {
    const auto found = triggers(user);
    EXPECT_FALSE(found.empty());
    return found.empty() ? 0 : found.front().alarm;
  }
  void acknowledge(UserId user, ObjectId event) {
    calendar::acknowledge_alarm(as(user), {home(user), event, {}}, first_alarm(user));
  }
  void snooze(UserId user, ObjectId event, std::int64_t minutes) {
    calendar::snooze_alarm(as(user), {home(user), event, {}}, first_alarm(user),
                           Milliseconds(minutes * kMinute));
  }
};

TEST_F(AlarmDesk, ANewEventIsDueBeforeItsStart) {
  create(kAnna, reminded("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000"));
  EXPECT_EQ(due(kAnna), (Names{"20240701T064500Z"}));
}

TEST_F(AlarmDesk, NobodyIsRemindedOfWhatIsOver) {
  create(kAnna, reminded("20240501T090000Z", "20240501T100000Z"));
  create(kAnna, reminded("20240531T235000Z", "20240601T010000Z"));
  EXPECT_EQ(due(kAnna), (Names{"20240531T233500Z"}));
}

TEST_F(AlarmDesk, AlarmsFollowTheEvent) {
  const ObjectId id = create(kAnna, reminded("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  update(kAnna, id, Draft().at("20240702T090000Z", "20240702T100000Z"));
  EXPECT_EQ(due(kAnna), (Names{"20240702T084500Z"}));
  Alarm at_end = minutes_before(5);
  at_end.is_related_to_end = true;
  calendar::update_alarms(as(kAnna), {home(kAnna), id, {}}, std::vector{at_end}, {});
  EXPECT_EQ(due(kAnna), (Names{"20240702T095500Z"}));
  calendar::update_alarms(as(kAnna), {home(kAnna), id, {}}, {}, {});
  EXPECT_EQ(due(kAnna), Names{});
}

TEST_F(AlarmDesk, AlarmsAreOneUsersOwn) {
  const ObjectId id = create(kAnna, reminded("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  EXPECT_EQ(due(kBerta), Names{});
  calendar::update_alarms(as(kBerta), {home(kBerta), id, {}}, std::vector{minutes_before(60)}, {});
  EXPECT_EQ(due(kBerta), (Names{"20240701T080000Z"}));
  EXPECT_EQ(get(kAnna, id).alarms.size(), 1U);
  const std::int64_t others = first_alarm(kAnna);
  EXPECT_EQ(refusal([&] {
              calendar::acknowledge_alarm(as(kBerta), {home(kBerta), id, {}}, others);
            }),
            "CAL-4049");
  update(kAnna, id, Draft().with({user(kAnna)}));
  EXPECT_EQ(due(kBerta), Names{});
}

TEST_F(AlarmDesk, WhatIsAcknowledgedIsDoneAndASeriesGoesOn) {
  const ObjectId single = create(kAnna, reminded("20240601T001000Z", "20240601T010000Z"));
  acknowledge(kAnna, single);
  EXPECT_EQ(due(kAnna), Names{});
  const ObjectId id =
      create(kAnna, reminded("20240601T001000Z", "20240601T010000Z").rule("FREQ=DAILY;COUNT=3"));
  EXPECT_EQ(due(kAnna), (Names{"20240531T235500Z 20240601T001000Z"}));
  acknowledge(kAnna, id);
  EXPECT_EQ(due(kAnna), (Names{"20240601T235500Z 20240602T001000Z"}));
  database.clock.advance(kDayLong);
  acknowledge(kAnna, id);
  EXPECT_EQ(due(kAnna), (Names{"20240602T235500Z 20240603T001000Z"}));
  database.clock.advance(kDayLong);
  acknowledge(kAnna, id);
  EXPECT_EQ(due(kAnna), Names{});
}

TEST_F(AlarmDesk, ExceptionsRemindForThemselves) {
  const ObjectId id =
      create(kAnna, reminded("20240601T090000Z", "20240601T100000Z").rule("FREQ=DAILY;COUNT=2"));
  update_at(kAnna, id, "20240601T090000Z", Draft().at("20240601T120000Z", "20240601T130000Z"));
  EXPECT_EQ(due(kAnna), (Names{"20240601T114500Z 20240601T090000Z", "20240602T084500Z 20240602T090000Z"}));
}

TEST_F(AlarmDesk, EveryWayARuleChangesMovesIndexAndDueTimes) {
  const ObjectId id =
      create(kAnna, reminded("20240601T090000Z", "20240601T100000Z").rule("FREQ=DAILY;COUNT=5").uid("u"));
  const auto until = [&](ObjectId event) {
    const sql::Lease lease = database.pool->acquire();
    return format_basic_utc(calendar::store::find(*lease, kContext, event)->range_until);
  };
  EXPECT_EQ(until(id), "20240605T100000Z");
  update(kAnna, id, Draft().rule("FREQ=DAILY;INTERVAL=2;COUNT=5"));
  EXPECT_EQ(until(id), "20240609T100000Z");
  EXPECT_EQ(remove(kAnna, id, "20240601T090000Z"), "");
  EXPECT_EQ(due(kAnna), (Names{"20240603T084500Z 20240603T090000Z"}));
  WriteOptions later;
  later.this_and_future = true;
  update_at(kAnna, id, "20240605T090000Z", Draft().at("20240605T110000Z", "20240605T120000Z"), later);
  EXPECT_EQ(until(id), "20240609T120000Z");
  EXPECT_EQ(due(kAnna), (Names{"20240603T084500Z 20240603T090000Z", "20240605T104500Z 20240605T110000Z"}));
  Draft newer = Draft("20240606T090000Z", "20240606T100000Z").rule("FREQ=WEEKLY;COUNT=2");
  newer.uid(stored(id).uid);
  newer.input.event.sequence = 99;
  newer.send(EventField::Sequence);
  ASSERT_FALSE(calendar::import_events(as(kAnna), home(kAnna), std::array{newer.input}, {})[0].error);
  EXPECT_EQ(until(id), "20240613T100000Z");
  EXPECT_EQ(due(kAnna), (Names{"20240603T084500Z 20240603T090000Z", "20240606T084500Z 20240606T090000Z"}));
  remove(kAnna, id, "20240613T090000Z", later);
  EXPECT_EQ(until(id), "20240606T100000Z");
  update(kAnna, id, Draft().no_rule());
  EXPECT_EQ(due(kAnna), (Names{"20240603T084500Z 20240603T090000Z", "20240606T084500Z"}));
}

TEST_F(AlarmDesk, ASnoozedAlarmComesAgainOnce) {
  const ObjectId id = create(kAnna, reminded("20240601T001000Z", "20240601T010000Z"));
  snooze(kAnna, id, 5);
  EXPECT_EQ(due(kAnna), (Names{"20240601T000500Z"}));
  database.clock.advance(5 * kMinute);
  snooze(kAnna, id, 10);
  EXPECT_EQ(due(kAnna), (Names{"20240601T001500Z"}));
  EXPECT_EQ(get(kAnna, id).alarms.size(), 2U);
  acknowledge(kAnna, id);
  EXPECT_EQ(due(kAnna), Names{});
  EXPECT_EQ(get(kAnna, id).alarms.size(), 1U);
}

TEST_F(AlarmDesk, SnoozingInASeriesLetsTheNextOneBeDue) {
  const ObjectId id =
      create(kAnna, reminded("20240601T001000Z", "20240601T010000Z").rule("FREQ=DAILY;COUNT=3"));
  snooze(kAnna, id, 5);
  EXPECT_EQ(due(kAnna), (Names{"20240601T000500Z 20240601T001000Z", "20240601T235500Z 20240602T001000Z"}));
}

TEST_F(AlarmDesk, TimesToSnoozeHaveLimits) {
  const ObjectId id = create(kAnna, reminded("20240601T001000Z", "20240601T010000Z"));
  const EventRef ref{home(kAnna), id, {}};
  const std::int64_t alarm = first_alarm(kAnna);
  EXPECT_EQ(refusal([&] { calendar::snooze_alarm(as(kAnna), ref, alarm, Milliseconds(0)); }), "CAL-4005");
  EXPECT_EQ(refusal([&] { calendar::snooze_alarm(as(kAnna), ref, alarm, Milliseconds(INT64_MAX)); }),
            "CAL-4005");
  EXPECT_EQ(refusal([&] { calendar::snooze_alarm(as(kAnna), ref, alarm + 99, Milliseconds(5'000)); }),
            "CAL-4049");
}

TEST_F(AlarmDesk, AllDayEventsAreDueByTheClockOfTheUser) {
  const sql::Lease lease = database.pool->acquire();
  lease->execute("UPDATE users SET timezone='America/New_York' WHERE cid=? AND id=?", kContext, kAnna);
  create(kAnna, Draft("20240701", "20240702").reminding({minutes_before(60)}));
  EXPECT_EQ(due(kAnna), (Names{"20240701T030000Z"}));
}

TEST_F(AlarmDesk, AlarmsThatComeBackUnchangedAreNoChange) {
  const ObjectId id = create(kAnna, reminded("20240701T090000Z", "20240701T100000Z"));
  const EventData before = get(kAnna, id);
  update(kAnna, id, Draft().reminding(before.alarms));
  EXPECT_EQ(stored(id).timestamp, before.timestamp);
  Alarm known = before.alarms.front();
  known.offset_seconds = -600;
  update(kAnna, id, Draft().reminding({known, absolute("20240630T120000Z")}));
  const EventData after = get(kAnna, id);
  ASSERT_EQ(after.alarms.size(), 2U);
  EXPECT_EQ(after.alarms.front().id, known.id);
  EXPECT_EQ(after.alarms.front().uid, known.uid);
  EXPECT_EQ(due(kAnna), (Names{"20240630T120000Z", "20240701T085000Z"}));
}

TEST_F(AlarmDesk, AlarmsOfOneOccurrenceMakeAnException) {
  const ObjectId id =
      create(kAnna, reminded("20240701T090000Z", "20240701T100000Z").rule("FREQ=DAILY;COUNT=3"));
  const EventRef ref{home(kAnna), id, when("20240702T090000Z")};
  const CalendarResult result = calendar::update_alarms(as(kAnna), ref, std::vector{minutes_before(5)}, {});
  EXPECT_EQ(result.created.size(), 1U);
  EXPECT_EQ(due(kAnna), (Names{"20240701T084500Z 20240701T090000Z", "20240702T085500Z 20240702T090000Z"}));
}

TEST_F(AlarmDesk, SplitSeriesRemindInBothParts) {
  const ObjectId id =
      create(kAnna, reminded("20240601T090000Z", "20240601T100000Z").rule("FREQ=DAILY;COUNT=4"));
  WriteOptions options;
  options.this_and_future = true;
  update_at(kAnna, id, "20240603T090000Z", Draft().summary("x"), options);
  EXPECT_EQ(due(kAnna), (Names{"20240601T084500Z 20240601T090000Z", "20240603T084500Z 20240603T090000Z"}));
}

}  // namespace
}  // namespace gw::test
