#include "push/position.hpp"

#include <gtest/gtest.h>

namespace gw::push {
namespace {

EventRecord event() {
  EventRecord record;
  record.context = 1;
  record.module = kContact;
  record.object = 42;
  record.stamp = 1'700'000'000'000;
  record.audiences = {{31, {3, 4}}};
  return record;
}

TEST(Position, IsTheSameForTheSameEventAndDiffersOtherwise) {
  EXPECT_EQ(position_of(event()), position_of(event()));
  EventRecord other = event();
  other.stamp += 1;
  EXPECT_NE(position_of(event()), position_of(other));
  other = event();
  other.audiences[0].users = {5, 6};  // the second part of a long list
  EXPECT_NE(position_of(event()), position_of(other));
  other = event();
  other.context = 2;
  EXPECT_NE(position_of(event()), position_of(other));
}

TEST(Position, IdsAreReadBackUnderTheirOwnEpochOnly) {
  EXPECT_EQ(format_id("abcd", 0xFF), "abcd-00000000000000ff");
  EXPECT_EQ(parse_id("abcd", "abcd-00000000000000ff"), Position{0xFF});
  for (const char* id : {"", "abcd", "abcd-", "abce-00000000000000ff", "abcd-0000000000000000", "abcd-ff",
                         "abcd-00000000000000fg", "abcd 00000000000000ff", "abcd-00000000000000ff0",
                         "abcd--0000000000000ff", "ABCD-00000000000000ff"})
    EXPECT_FALSE(parse_id("abcd", id)) << id;
}

}  // namespace
}  // namespace gw::push
