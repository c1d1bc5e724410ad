#include "push/event_log.hpp"

#include <gtest/gtest.h>

namespace gw::push {
namespace {

EventRecord event(std::int64_t stamp) {
  EventRecord record;
  record.context = 1;
  record.module = kContact;
  record.stamp = stamp;
  record.audiences = {{31, {3}}};
  return record;
}

TEST(EventLog, ContinuesBehindAPosition) {
  EventLog log({}, 7);
  EXPECT_EQ(log.head(), 7U);
  EXPECT_EQ(log.find_after(7), 0U);
  const Position first = log.append(event(1), {0}).position;
  const Position second = log.append(event(2), {0}).position;
  EXPECT_EQ(log.head(), second);
  EXPECT_EQ(log.find_after(7), 0U);
  EXPECT_EQ(log.find_after(first), 1U);
  EXPECT_EQ(log.find_after(second), 2U);
  EXPECT_FALSE(log.find_after(8));
}

TEST(EventLog, ReachesBackFiveMinutesAndKnowsWhatCameDirectlyBefore) {
  EventLog log({}, 7);
  const Position old = log.append(event(1), {0}).position;
  log.append(event(2), {1'000});
  log.prune({300'000});
  EXPECT_EQ(log.find_after(7), 0U);
  log.prune({300'001});
  EXPECT_FALSE(log.find_after(7));
  EXPECT_EQ(log.find_after(old), 0U);
  log.prune({1'000'000});
  EXPECT_FALSE(log.find_after(old));
  EXPECT_EQ(log.find_after(log.head()), 0U);
}

TEST(EventLog, IsBoundedByNumberAndBytes) {
  EventLog few({.entries = 2}, 7);
  for (int i = 1; i <= 3; ++i) few.append(event(i), {0});
  EXPECT_EQ(few.entries().size(), 2U);
  EventLog small({.bytes = 2'000}, 7);
  EventRecord large = event(1);
  large.data = std::string(1'500, 'x');
  small.append(EventRecord(large), {0});
  small.append(std::move(large), {0});
  EXPECT_EQ(small.entries().size(), 1U);
}

TEST(EventLog, AfterALossNothingFromBeforeContinues) {
  EventLog log({}, 7);
  const Position position = log.append(event(1), {0}).position;
  log.restart(9);
  EXPECT_FALSE(log.find_after(position));
  EXPECT_FALSE(log.find_after(7));
  EXPECT_EQ(log.find_after(9), 0U);
}

}  // namespace
}  // namespace gw::push
