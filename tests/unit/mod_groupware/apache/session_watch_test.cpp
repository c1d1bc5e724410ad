#include "apache/session_watch.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <set>

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

session::Session named(const std::string& id) {
  session::Session session;
  session.id = id;
  return session;
}

/// Remembers what it was asked; says of these sessions that they ended.
struct World {
  std::mutex mutex;
  std::condition_variable changed;
  std::set<std::string> over;
  std::vector<std::string> asked;
  std::vector<push::StreamId> ended;
  std::atomic<std::uint32_t> counter{0};

  SessionWatch::Callbacks callbacks() {
    return {[this](const session::Session& session) {
              const std::lock_guard lock(mutex);
              asked.push_back(session.id);
              changed.notify_all();
              return over.contains(session.id);
            },
            [this](std::string_view) { return &counter; },
            [this](push::StreamId stream) {
              const std::lock_guard lock(mutex);
              ended.push_back(stream);
              changed.notify_all();
            }};
  }
  template <class Condition>
  bool wait(const Condition& condition) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, 20s, condition);
  }
};

TEST(SessionWatch, LooksOnceWhenAStreamBeginsAndThenOnlyWhenTold) {
  World world;
  SessionWatch watch(world.callbacks(), 1ms);
  watch.start();
  watch.add(7, named("a"));
  EXPECT_TRUE(world.wait([&] { return world.asked.size() == 1; }));
  watch.check(std::array<push::StreamId, 2>{7, 8});
  EXPECT_TRUE(world.wait([&] { return world.asked.size() == 2; }));
  EXPECT_TRUE(world.ended.empty());
}

TEST(SessionWatch, EndsTheStreamOfAnEndedSession) {
  World world;
  SessionWatch watch(world.callbacks(), 1ms);
  watch.start();
  watch.add(7, named("a"));
  watch.add(8, named("b"));
  ASSERT_TRUE(world.wait([&] { return world.asked.size() == 2; }));
  {
    const std::lock_guard lock(world.mutex);
    world.over = {"b"};
  }
  watch.check(std::array<push::StreamId, 2>{7, 8});
  ASSERT_TRUE(world.wait([&] { return !world.ended.empty(); }));
  EXPECT_EQ(world.ended, std::vector<push::StreamId>{8});
}

TEST(SessionWatch, AMovedCounterIsAReasonToLook) {
  World world;
  SessionWatch watch(world.callbacks(), 1ms);
  watch.start();
  watch.add(7, named("a"));
  ASSERT_TRUE(world.wait([&] { return world.asked.size() == 1; }));
  {
    const std::lock_guard lock(world.mutex);
    world.over = {"a"};
  }
  ++world.counter;
  EXPECT_TRUE(world.wait([&] { return !world.ended.empty(); }));
}

TEST(SessionWatch, OtherJobsRunInItsThreadAndNotInTheCallers) {
  World world;
  SessionWatch watch(world.callbacks(), 1h);
  std::thread::id where;
  watch.start();
  watch.run_soon([&] {
    const std::lock_guard lock(world.mutex);
    where = std::this_thread::get_id();
    world.changed.notify_all();
  });
  EXPECT_TRUE(world.wait([&] { return where != std::thread::id(); }));
  EXPECT_NE(where, std::this_thread::get_id());
}

TEST(SessionWatch, WhatWasRemovedIsNotLookedAt) {
  World world;
  SessionWatch watch(world.callbacks(), 1h);
  watch.add(7, named("a"));
  watch.add(8, named("b"));
  watch.remove(7);
  watch.start();
  ASSERT_TRUE(world.wait([&] { return !world.asked.empty(); }));
  watch.stop();
  EXPECT_EQ(world.asked, std::vector<std::string>{"b"});
}

}  // namespace
}  // namespace gw::apache
