#include "model/marked_cache.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace gw::model {
namespace {

constexpr ContextId kOwner{1};

TEST(MarkedCache, GivesOnlyWhatWasStoredUnderTheSameMarks) {
  MarkedCache<std::string> cache(4);
  cache.store({kOwner, 1, 2}, {5, 6}, "value");
  ASSERT_NE(cache.find({kOwner, 1, 2}, {5, 6}), nullptr);
  EXPECT_EQ(*cache.find({kOwner, 1, 2}, {5, 6}), "value");
  EXPECT_EQ(cache.find({kOwner, 1, 2}, {5, 7}), nullptr);
  EXPECT_EQ(cache.find({kOwner, 1, 2}, {4, 6}), nullptr);
  EXPECT_EQ(cache.find({kOwner, 2, 1}, {5, 6}), nullptr);
  EXPECT_EQ(cache.find({ContextId(2), 1, 2}, {5, 6}), nullptr);
}

TEST(MarkedCache, ANewStateTakesThePlaceOfTheOldOne) {
  MarkedCache<std::string> cache(4);
  cache.store({kOwner, 1}, {5, 0}, "old");
  const auto held = cache.find({kOwner, 1}, {5, 0});
  cache.store({kOwner, 1}, {6, 0}, "new");
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.find({kOwner, 1}, {5, 0}), nullptr);
  EXPECT_EQ(*cache.find({kOwner, 1}, {6, 0}), "new");
  EXPECT_EQ(*held, "old");
}

TEST(MarkedCache, IsBoundedAndForgetsTheLeastRecentlyUsed) {
  MarkedCache<int> cache(2);
  const Marks marks{5, 0};
  cache.store({kOwner, 1}, marks, 10);
  cache.store({kOwner, 2}, marks, 20);
  EXPECT_NE(cache.find({kOwner, 1}, marks), nullptr);
  cache.store({kOwner, 3}, marks, 30);
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.find({kOwner, 2}, marks), nullptr);
  EXPECT_NE(cache.find({kOwner, 1}, marks), nullptr);
}

// Each value tells the marks it was stored under; for the thread sanitizer too.
TEST(MarkedCache, ThreadsThatStoreAndFindNeverMixStates) {
  MarkedCache<std::int64_t> cache(16);
  std::vector<std::thread> threads;
  for (std::int64_t number = 0; number < 4; ++number)
    threads.emplace_back([&cache, number] {
      for (std::int64_t i = 0; i < 5'000; ++i) {
        const CacheKey key{kOwner, i % 32};
        const Marks marks{1 + (i + number) % 3, 1};
        if (const auto found = cache.find(key, marks)) {
          EXPECT_EQ(*found, marks.accounts);
        } else {
          cache.store(key, marks, marks.accounts);
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(cache.size(), 16U);
}

}  // namespace
}  // namespace gw::model
