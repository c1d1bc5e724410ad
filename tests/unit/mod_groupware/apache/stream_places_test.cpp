#include "apache/stream_places.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>

namespace gw::apache {
namespace {

using push::EndReason;
using Ending = std::vector<std::pair<push::StreamId, EndReason>>;

constexpr push::UserKey kOne{1, 3}, kOther{1, 4};
constexpr int kDead = 666;

bool runs_unless_dead(int pid) { return pid != kDead; }

struct Places : ::testing::Test {
  std::array<StreamPlace, 8> memory;
  std::unique_ptr<StreamPlaces> process(int pid) {
    return std::make_unique<StreamPlaces>(memory, pid, runs_unless_dead);
  }
};

TEST_F(Places, TheOldestOfAUserEndsInWhicheverProcessItIs) {
  const auto first = process(10), second = process(11);
  first->add(1, kOne, "a", 2);
  second->add(1, kOne, "b", 2);
  second->add(2, kOther, "c", 2);
  EXPECT_TRUE(first->take_ending().empty());
  second->add(3, kOne, "d", 2);
  EXPECT_EQ(first->take_ending(), (Ending{{1, EndReason::Replaced}}));
  EXPECT_TRUE(second->take_ending().empty());
  second->add(4, kOne, "e", 2);
  EXPECT_EQ(second->take_ending(), (Ending{{1, EndReason::Replaced}})) << "what ends counts no more";
}

TEST_F(Places, ANewerOfTheSameNameTakesThePlaceOfTheOlder) {
  const auto first = process(10), second = process(11);
  first->add(1, kOne, "tab", 8);
  second->add(1, kOther, "tab", 8);
  EXPECT_TRUE(first->take_ending().empty());
  second->add(2, kOne, "tab", 8);
  EXPECT_EQ(first->take_ending(), (Ending{{1, EndReason::Superseded}}));
}

TEST_F(Places, ClosedStreamsCountNoMore) {
  const auto first = process(10), second = process(11);
  first->add(1, kOne, "a", 1);
  first->remove(1);
  first->remove(1);
  second->add(2, kOne, "b", 1);
  EXPECT_TRUE(second->take_ending().empty());
}

TEST_F(Places, WhatDeadProcessesLeftIsFreed) {
  // As after kill -9: nothing was freed.
  for (std::size_t i = 0; i < memory.size(); ++i) {
    memory[i].pid = kDead;
    memory[i].order = i + 1;
    memory[i].context = 1;
    memory[i].user = i < 4 ? kOne.user : kOther.user;
  }
  const auto second = process(11);
  second->add(1, kOne, "a", 1);
  EXPECT_TRUE(second->take_ending().empty());
  for (push::StreamId id = 2; id <= 8; ++id) second->add(id, kOther, std::to_string(id), 8);
  for (const StreamPlace& place : memory) EXPECT_EQ(place.pid.load(), 11);
  second->add(9, kOther, "9", 1);
  EXPECT_TRUE(second->take_ending().empty()) << "no place is left: it is not counted";
  for (const StreamPlace& place : memory) EXPECT_EQ(place.ends.load(), 0u);
}

TEST_F(Places, AProcessOfTheSameNumberBeginsAnew) {
  memory[0].pid = 10;
  memory[0].order = 5;
  const auto fresh = process(10);
  EXPECT_EQ(memory[0].pid.load(), 0);
  EXPECT_EQ(memory[0].order.load(), 0u);
}

}  // namespace
}  // namespace gw::apache
