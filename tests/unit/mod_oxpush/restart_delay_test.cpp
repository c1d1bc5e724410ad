#include "mod_oxpush/restart_delay.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kMin{100};
constexpr milliseconds kMax{1'000};

TEST(RestartDelay, DoublesWithEachEarlyDeathUpToTheMaximum) {
  RestartDelay delay;
  EXPECT_EQ(delay.after_death(milliseconds{5}, kMin, kMax), milliseconds{100});
  EXPECT_EQ(delay.after_death(milliseconds{5}, kMin, kMax), milliseconds{200});
  EXPECT_EQ(delay.after_death(milliseconds{5}, kMin, kMax), milliseconds{400});
  EXPECT_EQ(delay.after_death(milliseconds{5}, kMin, kMax), milliseconds{800});
  EXPECT_EQ(delay.after_death(milliseconds{5}, kMin, kMax), kMax);
  EXPECT_EQ(delay.after_death(milliseconds{5}, kMin, kMax), kMax);
}

TEST(RestartDelay, StartsAnewAfterAChildThatLivedLong) {
  RestartDelay delay;
  for (int i = 0; i < 4; ++i) delay.after_death(milliseconds{5}, kMin, kMax);
  EXPECT_EQ(delay.after_death(kMax, kMin, kMax), kMin);
}

TEST(RestartDelay, AMinimumAboveTheMaximumYields) {
  RestartDelay delay;
  EXPECT_EQ(delay.after_death(milliseconds{5}, milliseconds{5'000}, kMax), kMax);
}

TEST(RestartDelay, AMinimumOfZeroStaysZero) {
  RestartDelay delay;
  EXPECT_EQ(delay.after_death(milliseconds{5}, milliseconds{0}, kMax), milliseconds{0});
  EXPECT_EQ(delay.after_death(milliseconds{5}, milliseconds{0}, kMax), milliseconds{0});
}

}  // namespace
}  // namespace oxpush
