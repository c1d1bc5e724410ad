#include "sql/sqlite/group_sync.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace gw::sql::sqlite {
namespace {

TEST(GroupSync, OneAloneSyncsItself) {
  GroupSync group;
  int syncs = 0;
  EXPECT_TRUE(group.wait([&] { return ++syncs > 0; }));
  EXPECT_FALSE(group.wait([&] { return ++syncs < 0; }));
  EXPECT_EQ(syncs, 2);
}

TEST(GroupSync, WhoComesDuringASyncWaitsForALaterOne) {
  GroupSync group;
  std::latch has_begun(1);
  std::latch may_end(1);
  bool is_first_over = false;
  std::jthread first([&] {
    EXPECT_FALSE(group.wait([&] {
      has_begun.count_down();
      may_end.wait();
      is_first_over = true;
      return false;
    }));
  });
  has_begun.wait();
  std::jthread second([&] {
    may_end.count_down();
    // The failure of the first sync is not ours: what we wrote may have come after it began.
    EXPECT_TRUE(group.wait([&] { return is_first_over; }));
  });
}

TEST(GroupSync, NoSyncIsSharedBackwards) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 300;
  GroupSync group;
  std::atomic<std::int64_t> written{0};
  std::atomic<std::int64_t> synced{0};
  std::atomic<int> running{0};
  std::atomic<std::int64_t> syncs{0};
  const auto sync = [&] {
    EXPECT_EQ(running.fetch_add(1), 0);
    const std::int64_t covered = written.load();
    ++syncs;
    std::this_thread::yield();
    synced.store(covered);
    EXPECT_EQ(running.fetch_sub(1), 1);
    return true;
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i)
      threads.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
          const std::int64_t own = ++written;
          EXPECT_TRUE(group.wait(sync));
          EXPECT_GE(synced.load(), own);
        }
      });
  }
  EXPECT_LE(syncs.load(), kThreads * kRounds);
}

}  // namespace
}  // namespace gw::sql::sqlite
