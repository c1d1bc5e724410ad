#include "mod_oxpush/engine/output_queue.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

using gw::push::Origin;
using Outcome = OutputQueue::Outcome;

constexpr milliseconds kDelay{100};

Change change(std::int32_t folder, std::vector<std::int32_t> users = {3, 7}, std::int64_t stamp = 0) {
  return {.context = 1, .folder = folder, .module = 7, .users = std::move(users), .stamp = stamp};
}

milliseconds at(std::int64_t ms) { return milliseconds{ms}; }

TEST(OutputQueue, AnEventWaitsForItsDelay) {
  OutputQueue queue(10);
  EXPECT_EQ(queue.next_due(), std::nullopt);
  EXPECT_EQ(queue.add(change(42), kDelay, at(0)), Outcome::Added);
  EXPECT_EQ(queue.next_due(), at(100));
  EXPECT_FALSE(queue.pop_due(at(99)));
  EXPECT_EQ(queue.pop_due(at(100))->folder, 42);
  EXPECT_EQ(queue.size(), 0u);
}

TEST(OutputQueue, TellsSinceWhenTheOldestWaits) {
  OutputQueue queue(10);
  EXPECT_EQ(queue.oldest(), std::nullopt);
  queue.add(change(42), kDelay, at(5));
  queue.add(change(43), kDelay, at(50));
  queue.add(change(42), kDelay, at(60));
  EXPECT_EQ(queue.oldest(), at(5)) << "an equal one makes it no younger";
  EXPECT_EQ(queue.pop_due(at(155))->folder, 43);
  EXPECT_EQ(queue.pop_due(at(160))->folder, 42);
  EXPECT_EQ(queue.oldest(), std::nullopt);
}

TEST(OutputQueue, AnEqualEventStartsTheDelayAnewUpToFiveDelays) {
  OutputQueue queue(10);
  queue.add(change(42, {3, 7}, 5), kDelay, at(0));
  for (int time = 90; time < 500; time += 90)
    EXPECT_EQ(queue.add(change(42, {3, 7}, time), kDelay, at(time)), Outcome::Merged);
  EXPECT_EQ(queue.next_due(), at(500));
  queue.add(change(42, {3, 7}, 1), kDelay, at(499));
  const auto merged = queue.pop_due(at(500));
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged->stamp, 450) << "the latest stamp counts, not the first and not the last";
}

TEST(OutputQueue, WhatDiffersInAnythingButTheStampIsNotMerged) {
  OutputQueue queue(10);
  queue.add(change(42), kDelay, at(0));
  Change other = change(42);
  other.origin = Origin::Remote;
  EXPECT_EQ(queue.add(other, kDelay, at(0)), Outcome::Added);
  other = change(42);
  other.module = 1;
  EXPECT_EQ(queue.add(other, kDelay, at(0)), Outcome::Added);
  other = change(42);
  other.context = 2;
  EXPECT_EQ(queue.add(other, kDelay, at(0)), Outcome::Added);
  EXPECT_EQ(queue.add(change(43), kDelay, at(0)), Outcome::Added);
  EXPECT_EQ(queue.add(change(42, {3}), kDelay, at(0)), Outcome::Added);
  EXPECT_EQ(queue.size(), 6u);
}

TEST(OutputQueue, AFullQueueDropsTheOldest) {
  OutputQueue queue(2);
  queue.add(change(1), kDelay, at(0));
  queue.add(change(2), kDelay, at(1));
  EXPECT_EQ(queue.add(change(2), kDelay, at(2)), Outcome::Merged);
  EXPECT_EQ(queue.add(change(3), kDelay, at(3)), Outcome::Overflowed);
  EXPECT_EQ(queue.pop()->folder, 2);
  EXPECT_EQ(queue.pop()->folder, 3);
  EXPECT_FALSE(queue.pop());
}

}  // namespace
}  // namespace oxpush
