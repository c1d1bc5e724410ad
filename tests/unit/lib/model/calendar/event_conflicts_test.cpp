#include "model/calendar/event_conflicts.hpp"

#include <atomic>
#include <thread>

#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Classification;
using calendar::Conflict;

WriteOptions checking() {
  WriteOptions options;
  options.check_conflicts = true;
  return options;
}

Draft nine(const std::string& summary = "Nine") {
  return Draft("20240701T090000Z", "20240701T100000Z", summary);
}

TEST_F(WritingDesk, UsersConflictOnlyWhenItIsAskedFor) {
  create(kBerta, nine("There"));
  EXPECT_TRUE(try_create(kAnna, nine().with({user(kBerta)})).conflicts.empty());
  const CalendarResult result =
      try_create(kAnna, Draft("20240701T093000Z", "20240701T103000Z").with({user(kBerta)}), checking());
  EXPECT_TRUE(result.created.empty());
  ASSERT_EQ(result.conflicts.size(), 2U);
  EXPECT_FALSE(result.conflicts.front().is_hard);
}

TEST_F(WritingDesk, OnlyOverlapConflictsTouchingDoesNot) {
  create(kAnna, nine());
  EXPECT_TRUE(try_create(kAnna, Draft("20240701T100000Z", "20240701T110000Z"), checking()).conflicts.empty());
  EXPECT_TRUE(try_create(kAnna, Draft("20240701T080000Z", "20240701T090000Z"), checking()).conflicts.empty());
  EXPECT_EQ(try_create(kAnna, Draft("20240701T092000Z", "20240701T092000Z"), checking()).conflicts.size(),
            1U);
}

TEST_F(WritingDesk, FreeDeclinedAndCancelledEventsAreInNobodysWay) {
  create(kAnna, nine().transparent());
  const ObjectId declined = create(kBerta, nine().with({user(kAnna)}));
  answer(kAnna, declined, PartStat::Declined);
  Draft cancelled = nine();
  cancelled.input.event.status = calendar::EventStatus::Cancelled;
  create(kAnna, cancelled.send(EventField::Status));
  EXPECT_TRUE(try_create(kAnna, nine().transparent(), checking()).conflicts.empty());
  EXPECT_TRUE(try_create(kAnna, nine(), checking()).conflicts.empty());
}

TEST_F(WritingDesk, WhatIsOverBeforeTodayIsInNobodysWay) {
  create(kAnna, Draft("20240501T090000Z", "20240501T100000Z"));
  EXPECT_TRUE(try_create(kAnna, Draft("20240501T090000Z", "20240501T100000Z"), checking()).conflicts.empty());
}

TEST_F(WritingDesk, AConflictTellsNoMoreThanTheCallerMayRead) {
  create(kBerta, nine("Open").location("Hall"));
  Draft mine = nine().with({user(kBerta)});
  CalendarResult result = try_create(kAnna, mine, checking());
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_EQ(result.conflicts[0].event.event.summary, std::nullopt);
  EXPECT_EQ(result.conflicts[0].event.event.start, when("20240701T090000Z"));
  ASSERT_EQ(result.conflicts[0].attendees.size(), 1U);
  EXPECT_EQ(result.conflicts[0].attendees[0].entity, kBerta.value);
  share(home(kBerta), kAnna, kReadAll);
  result = try_create(kAnna, mine, checking());
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_EQ(result.conflicts[0].event.event.summary, "Open");
  EXPECT_EQ(result.conflicts[0].event.event.location, "Hall");
  EXPECT_EQ(result.conflicts[0].event.event.folder, home(kBerta));
}

TEST_F(WritingDesk, ConfidentialEventsShowATimePrivateOnesNothing) {
  share(home(kBerta), kAnna, kReadAll);
  const ObjectId id = create(kBerta, nine("Secret").of_class(Classification::Confidential));
  CalendarResult result = try_create(kAnna, nine().with({user(kBerta)}), checking());
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_EQ(result.conflicts[0].event.event.summary, std::nullopt);
  update(kBerta, id, Draft().of_class(Classification::Private));
  result = try_create(kAnna, nine().with({user(kBerta)}), checking());
  EXPECT_TRUE(result.conflicts.empty());
}

TEST_F(WritingDesk, RoomsAreHeldByWhoeverBookedThemFirst) {
  const ResourceId blue = new_room("blue");
  const ObjectId first = create(kAnna, nine().with({room(blue)}));
  CalendarResult result = try_create(kBerta, nine().with({room(blue)}));
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_TRUE(result.conflicts[0].is_hard);
  EXPECT_TRUE(result.created.empty());
  // Free events need their rooms all the same.
  EXPECT_EQ(try_create(kBerta, nine().with({room(blue)}).transparent()).conflicts.size(), 1U);
  const ObjectId later = create(kBerta, Draft("20240701T100000Z", "20240701T110000Z").with({room(blue)}));
  EXPECT_EQ(update(kBerta, later, Draft().at("20240701T093000Z", "20240701T103000Z")).conflicts.size(), 1U);
  EXPECT_EQ(stored(later).start, when("20240701T100000Z"));
  remove(kAnna, first);
  EXPECT_TRUE(update(kBerta, later, Draft().at("20240701T093000Z", "20240701T103000Z")).conflicts.empty());
}

TEST_F(WritingDesk, AnEventIsNotInItsOwnWay) {
  const ResourceId blue = new_room("blue");
  const ObjectId id = create(kAnna, nine().with({room(blue)}).rule("FREQ=DAILY;COUNT=3"));
  EXPECT_TRUE(
      update(kAnna, id, Draft().at("20240701T093000Z", "20240701T103000Z"), checking()).conflicts.empty());
  EXPECT_TRUE(
      update_at(kAnna, id, "20240702T093000Z", Draft().at("20240702T100000Z", "20240702T110000Z"), checking())
          .conflicts.empty());
}

TEST_F(WritingDesk, SeriesConflictWhereTheirOccurrencesMeet) {
  const ResourceId blue = new_room("blue");
  create(kAnna, Draft("20240702T090000Z", "20240702T100000Z").with({room(blue)}).rule("FREQ=WEEKLY"));
  const CalendarResult result = try_create(kBerta, nine().with({room(blue)}).rule("FREQ=DAILY"));
  ASSERT_EQ(result.conflicts.size(), calendar::kMostPerSeries);
  EXPECT_EQ(result.conflicts[0].event.event.start, when("20240702T090000Z"));
  EXPECT_EQ(result.conflicts[1].event.event.start, when("20240709T090000Z"));
  const Draft wednesdays =
      Draft("20240703T090000Z", "20240703T100000Z").with({room(blue)}).rule("FREQ=WEEKLY");
  EXPECT_TRUE(try_create(kBerta, wednesdays).conflicts.empty());
}

TEST_F(WritingDesk, AnOccurrenceThatWasMovedIsInTheWayWhereItIs) {
  const ResourceId blue = new_room("blue");
  const ObjectId id = create(kAnna, nine().with({room(blue)}).rule("FREQ=DAILY;COUNT=3"));
  update_at(kAnna, id, "20240702T090000Z", Draft().at("20240702T150000Z", "20240702T160000Z"));
  EXPECT_TRUE(
      try_create(kBerta, Draft("20240702T090000Z", "20240702T100000Z").with({room(blue)})).conflicts.empty());
  EXPECT_EQ(
      try_create(kBerta, Draft("20240702T150000Z", "20240702T160000Z").with({room(blue)})).conflicts.size(),
      1U);
}

TEST_F(WritingDesk, ExceptionsThatMoveAlongNeedTheirRoomsToo) {
  const ResourceId blue = new_room("blue");
  const ObjectId id = create(kAnna, nine().with({room(blue)}).rule("FREQ=DAILY;COUNT=3"));
  update_at(kAnna, id, "20240702T090000Z", Draft().summary("x"));
  create(kBerta, Draft("20240702T110000Z", "20240702T120000Z").with({room(blue)}));
  EXPECT_EQ(update(kAnna, id, Draft().at("20240701T110000Z", "20240701T120000Z")).conflicts.size(), 1U);
  EXPECT_EQ(stored(id).start, when("20240701T090000Z"));
}

TEST_F(WritingDesk, HardConflictsComeFirstAndThereAreNotTooMany) {
  const ResourceId blue = new_room("blue");
  for (int i = 0; i < 99; ++i) create(kAnna, nine());
  create(kBerta, nine().with({room(blue)}));
  const CalendarResult result = try_create(kAnna, nine().with({room(blue), user(kBerta)}), checking());
  EXPECT_LE(result.conflicts.size(), calendar::kMostConflicts);
  ASSERT_FALSE(result.conflicts.empty());
  EXPECT_TRUE(result.conflicts.front().is_hard);
  EXPECT_FALSE(result.conflicts.back().is_hard);
}

TEST_F(WritingDesk, OfManyBookingsAtOnceExactlyOneGetsTheRoom) {
  constexpr std::size_t kWriters = 8, kRounds = 8;
  const ResourceId blue = new_room("blue");
  const std::array homes{home(kAnna), home(kBerta)};
  std::array<std::atomic<int>, kRounds> booked{}, refused{};
  const auto book = [&](model::UnitOfWork& work, FolderId folder) {
    for (std::size_t round = 0; round < kRounds; ++round) {
      const std::string day = "2024070" + std::to_string(round + 1);
      const Draft draft = Draft(day + "T090000Z", day + "T100000Z").with({room(blue)});
      const CalendarResult result = calendar::create(work, folder, draft.input, {});
      ++(result.conflicts.empty() ? booked : refused).at(round);
      work.release();
    }
  };
  std::vector<std::unique_ptr<model::UnitOfWork>> works;
  for (std::size_t i = 0; i < kWriters; ++i) works.push_back(quiet_work(i % 2 == 0 ? kAnna : kBerta));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kWriters; ++i)
    threads.emplace_back([&, i] { book(*works[i], homes.at(i % 2)); });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t round = 0; round < kRounds; ++round) {
    EXPECT_EQ(booked.at(round), 1);
    EXPECT_EQ(refused.at(round), static_cast<int>(kWriters) - 1);
  }
}

TEST_F(WritingDesk, OfConcurrentEditsOfOneStateExactlyOneWins) {
  const ObjectId id = create(kAnna, nine().rule("FREQ=DAILY;COUNT=9"));
  share(home(kAnna), kBerta, kAuthor);
  const FolderId folder = home(kAnna);
  const std::array works{quiet_work(kAnna), quiet_work(kBerta)};
  for (int round = 0; round < 5; ++round) {
    WriteOptions options;
    options.known = stored(id).timestamp;
    std::array<std::string, 2> codes;
    const auto write = [&](std::size_t index) {
      const Draft draft = Draft().location(std::to_string(round) + std::to_string(index));
      codes.at(index) = refusal([&] {
        calendar::update(*works.at(index), {folder, id, {}}, draft.input, options);
      });
    };
    std::thread other(write, 1);
    write(0);
    other.join();
    std::sort(codes.begin(), codes.end());
    EXPECT_EQ(codes, (std::array<std::string, 2>{"", "CAL-4120"}));
  }
}

TEST_F(WritingDesk, TwoWhoTouchOneOccurrenceMakeOneException) {
  const ObjectId id = create(kAnna, nine().rule("FREQ=DAILY;COUNT=9").with({user(kBerta)}));
  const EventRef mine{home(kAnna), id, when("20240703T090000Z")},
      hers{home(kBerta), id, when("20240703T090000Z")};
  const auto anna = quiet_work(kAnna), berta = quiet_work(kBerta);
  std::thread other(
      [&] { calendar::update_attendee(*berta, hers, answering(Attendee{}, PartStat::Accepted), {}, {}); });
  calendar::update(*anna, mine, Draft().location("Hall").input, {});
  other.join();
  ASSERT_EQ(exceptions(id).size(), 1U);
  EXPECT_EQ(exceptions(id)[0].location, "Hall");
  EXPECT_EQ(answer_of(exceptions(id)[0].id, kBerta), PartStat::Accepted);
}

}  // namespace
}  // namespace gw::test
