#include "session/memory_cache.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "support/database.hpp"

namespace gw::session {
namespace {

using namespace std::chrono_literals;

TEST(MemoryCache, KeepsReplacesAndRemovesEntries) {
  test::FixedClock clock;
  MemoryCache cache(clock);
  EXPECT_FALSE(cache.get("a"));
  cache.put("a", "1", 30s);
  cache.put("a", "2", 30s);
  EXPECT_EQ(cache.get("a"), "2");
  EXPECT_EQ(cache.size(), 1U);
  cache.remove("a");
  cache.remove("a");
  EXPECT_FALSE(cache.get("a"));
}

TEST(MemoryCache, EntriesEndWithTheirLifetime) {
  test::FixedClock clock;
  MemoryCache cache(clock);
  cache.put("a", "1", 30s);
  clock.advance(29'999);
  EXPECT_TRUE(cache.get("a"));
  clock.advance(1);
  EXPECT_FALSE(cache.get("a"));
  EXPECT_EQ(cache.size(), 0U);
}

TEST(MemoryCache, StaysBelowItsCapacityAndDropsTheLeastRecentlyUsed) {
  test::FixedClock clock;
  MemoryCache cache(clock, 160);
  cache.put("kept", "1", 30s);
  for (int i = 0; i < 5'000; ++i) {
    cache.put("other" + std::to_string(i), "1", 30s);
    ASSERT_TRUE(cache.get("kept")) << i;
  }
  EXPECT_LE(cache.size(), 160U);
}

TEST(MemoryCache, TooLongKeysAndValuesAreNotKept) {
  test::FixedClock clock;
  MemoryCache cache(clock);
  cache.put(std::string(65, 'k'), "1", 30s);
  cache.put("a", std::string(8'193, 'v'), 30s);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(MemoryCache, ManyThreadsShareIt) {
  test::FixedClock clock;
  MemoryCache cache(clock, 64);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&cache] {
      for (int i = 0; i < 2'000; ++i) {
        const std::string key = "k" + std::to_string(i % 100);
        cache.put(key, key, 30s);
        EXPECT_EQ(cache.get(key).value_or(key), key);
        if (i % 7 == 0) cache.remove(key);
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(cache.size(), 64U);
}

}  // namespace
}  // namespace gw::session
