#include "model/changes.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "core/error.hpp"
#include "model/private_tombstones.hpp"
#include "support/database.hpp"

namespace gw::model {
namespace {

constexpr ContextId kContext{7};

class Changes : public testing::Test {
 protected:
  Changes() { database.add_bare_context(kContext); }
  test::TestDatabase database;
  std::unique_ptr<UnitOfWork> work = database.work_for(kContext, UserId(3));
};

TEST_F(Changes, StampsGrowEvenWhenTheClockStandsOrRunsBack) {
  std::int64_t last = 0;
  for (int i = 0; i < 5; ++i) {
    if (i == 3) database.clock.advance(-1'000'000);
    work->write([&](Transaction& transaction) {
      const Millis stamp = transaction.stamp();
      EXPECT_EQ(stamp, transaction.stamp());
      EXPECT_GT(stamp.value, last);
      last = stamp.value;
    });
  }
  EXPECT_EQ(last_stamp(work->connection(), kContext).value, last);
}

TEST_F(Changes, IdsStartAtTwentyAndNeverRepeatOverThreads) {
  std::vector<std::set<std::int64_t>> seen(4);
  std::vector<std::thread> threads;
  for (auto& ids : seen)
    threads.emplace_back([&] {
      const auto own = database.work_for(kContext, UserId(3));
      for (int i = 0; i < 25; ++i) {
        std::int64_t id = 0;
        own->write([&](Transaction& transaction) {
          transaction.stamp();
          id = transaction.next_id();
        });
        ids.insert(id);
      }
    });
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& ids : seen) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), 100U);
  EXPECT_EQ(*all.begin(), 20);
  EXPECT_EQ(*all.rbegin(), 119);
}

TEST_F(Changes, IdsComeWithTheStampAndGoOnWhenTheyAreUsedUp) {
  std::vector<std::int64_t> ids;
  work->write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp(2);
    ids = {transaction.next_id(), transaction.next_id(), transaction.next_id()};
    EXPECT_EQ(transaction.stamp(), stamp);
  });
  work->write([&](Transaction& transaction) { ids.push_back(transaction.next_id()); });
  EXPECT_EQ(ids, (std::vector<std::int64_t>{20, 21, 22, 23}));
}

TEST_F(Changes, AnUnknownContextIsAnErrorNotASilentZero) {
  EXPECT_THROW(next_step(work->connection(), ContextId(99), {1}), ApiError);
  EXPECT_THROW(last_stamp(work->connection(), ContextId(99)), ApiError);
}

TEST_F(Changes, TombstonesAreFoundStrictlyAfterTheGivenStampAndOncePerPlace) {
  const auto write = [&](std::int64_t object, std::int64_t stamp) {
    write_tombstone(work->connection(), kContext, ObjectModule::Contact, FolderId(5), ObjectId(object),
                    {stamp});
  };
  write(1, 10);
  write(2, 20);
  write(1, 30);
  auto found = tombstones_since(work->connection(), kContext, ObjectModule::Contact, FolderId(5), {20});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].object, ObjectId(1));
  clear_tombstone(work->connection(), kContext, ObjectModule::Contact, FolderId(5), ObjectId(1));
  EXPECT_TRUE(
      tombstones_since(work->connection(), kContext, ObjectModule::Contact, FolderId(5), {20}).empty());
  EXPECT_TRUE(
      tombstones_since(work->connection(), ContextId(8), ObjectModule::Contact, FolderId(5), {0}).empty());
}

TEST_F(Changes, PruningMovesTheHorizonAndNeverBack) {
  write_tombstone(work->connection(), kContext, ObjectModule::Contact, FolderId(5), ObjectId(1), {10});
  write_tombstone(work->connection(), kContext, ObjectModule::Contact, FolderId(5), ObjectId(2), {30});
  prune_tombstones(work->connection(), kContext, {20});
  EXPECT_EQ(tombstone_horizon(work->connection(), kContext), Millis{20});
  EXPECT_EQ(tombstones_since(work->connection(), kContext, ObjectModule::Contact, FolderId(5), {0}).size(),
            1U);
  prune_tombstones(work->connection(), kContext, {5});
  EXPECT_EQ(tombstone_horizon(work->connection(), kContext), Millis{20});
}

TEST_F(Changes, OldTombstonesGoInBatchesAndTheHorizonFollows) {
  const auto write = [&](ContextId context, std::int64_t object, std::int64_t stamp) {
    write_tombstone(work->connection(), context, ObjectModule::Contact, FolderId(5), ObjectId(object),
                    {stamp});
  };
  for (std::int64_t object = 1; object <= 6; ++object) write(kContext, object, object < 4 ? 10 : 10 * object);
  write_private_tombstone(work->connection(), kContext, ObjectModule::Calendar,
                          {FolderId(7), ObjectId(9), {35}}, std::vector{UserId(3)});
  const auto prune = [&] { return prune_oldest_tombstones(work->connection(), kContext, {50}, 2); };
  EXPECT_EQ(prune(), 3) << "all that have the stamp of the last one";
  EXPECT_EQ(tombstone_horizon(work->connection(), kContext), Millis{11});
  EXPECT_EQ(prune(), 2) << "of both tables";
  EXPECT_EQ(tombstone_horizon(work->connection(), kContext), Millis{41});
  EXPECT_EQ(prune(), 0);
  EXPECT_EQ(tombstone_horizon(work->connection(), kContext), Millis{41}) << "nothing was lost after it";
  const auto left = tombstones_since(work->connection(), kContext, ObjectModule::Contact, FolderId(5), {0});
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].stamp, Millis{50});
}

TEST_F(Changes, EventsAreOnlyPublishedAfterCommitAndCarryActorAndStamp) {
  EXPECT_THROW(work->write([&](Transaction& transaction) {
    transaction.raise({.module = ObjectModule::Contact});
    throw std::runtime_error("broken");
  }),
               std::runtime_error);
  EXPECT_TRUE(database.events.events.empty());
  work->write([&](Transaction& transaction) {
    transaction.raise({.module = ObjectModule::Contact, .object = ObjectId(9)});
  });
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events[0].actor, UserId(3));
  EXPECT_EQ(database.events.events[0].context, kContext);
  EXPECT_GT(database.events.events[0].stamp.value, 0);
}

}  // namespace
}  // namespace gw::model
