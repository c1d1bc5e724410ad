#include "model/user_lease.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "support/database.hpp"

namespace gw::test {
namespace {

using model::UserLease;

class UserLeases : public ::testing::Test {
 protected:
  UserLeases() { database.add_bare_context(ContextId(1)); }
  std::unique_ptr<UserLease> take(model::UnitOfWork& work, std::int64_t user = 3,
                                  std::string_view name = "rules") {
    return UserLease::acquire(work, {UserId(user), name, Milliseconds(1'000), Milliseconds(0)});
  }

  TestDatabase database;
  std::unique_ptr<model::UnitOfWork> first = database.work_for(ContextId(1), UserId(3));
  std::unique_ptr<model::UnitOfWork> second = database.work_for(ContextId(1), UserId(3));
};

TEST_F(UserLeases, OneAtATimeForEachUserAndName) {
  auto held = take(*first);
  ASSERT_TRUE(held);
  EXPECT_FALSE(take(*second));
  EXPECT_TRUE(take(*second, 4));
  EXPECT_TRUE(take(*second, 3, "other"));
  held.reset();
  EXPECT_TRUE(take(*second));
}

TEST_F(UserLeases, ALeaseEndsByItselfAndItsHolderKnows) {
  const auto held = take(*first);
  EXPECT_TRUE(held->is_held_for(Milliseconds(999)));
  EXPECT_FALSE(held->is_held_for(Milliseconds(1'000)));
  database.clock.advance(999);
  EXPECT_FALSE(take(*second));
  database.clock.advance(1);
  EXPECT_FALSE(held->is_held_for(Milliseconds(0)));
  EXPECT_TRUE(take(*second));
}

TEST_F(UserLeases, WhoCameTooLateTakesNothingFromTheNext) {
  auto late = take(*first);
  database.clock.advance(2'000);
  const auto next = take(*second);
  ASSERT_TRUE(next);
  late.reset();
  EXPECT_FALSE(take(*first));
}

TEST_F(UserLeases, OneThatIsKeptLastsWithoutItsHolder) {
  auto held = take(*first);
  held->keep();
  held.reset();
  EXPECT_FALSE(take(*second));
  database.clock.advance(1'000);
  EXPECT_TRUE(take(*second));
}

TEST_F(UserLeases, OfManyThatBeginAlikeOnlyThoseThatLastAreKept) {
  const auto count = [&] {
    sql::Lease connection = database.pool->acquire();
    sql::Query row = connection->query("SELECT COUNT(*) FROM user_leases");
    return row.next() ? row.integer(0) : -1;
  };
  for (const char* name : {"send/a", "send/b", "rules"}) take(*first, 3, name)->keep();
  take(*first, 4, "send/a")->keep();
  EXPECT_EQ(count(), 4);
  database.clock.advance(999);
  take(*first, 3, "send/c")->keep();
  EXPECT_EQ(count(), 5);
  database.clock.advance(1);
  take(*first, 3, "send/d")->keep();
  EXPECT_EQ(count(), 4);  // c and d, the rules, and that of the other user
}

TEST_F(UserLeases, WaitersGetItWhenItIsGivenBack) {
  constexpr int kThreads = 4, kTurns = 5;
  std::atomic<int> inside = 0, most = 0, turns = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&] {
      const auto work = database.work_for(ContextId(1), UserId(3));
      for (int turn = 0; turn < kTurns; ++turn) {
        const auto lease =
            UserLease::acquire(*work, {UserId(3), "rules", Milliseconds(60'000), Milliseconds(60'000)});
        ASSERT_TRUE(lease);
        most = std::max(most.load(), ++inside);
        ++turns;
        --inside;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
  EXPECT_EQ(turns, kThreads * kTurns);
}

}  // namespace
}  // namespace gw::test
