#include "mailbox/unified/at_once.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "core/errors/mail.hpp"

namespace gw::mailbox::unified {
namespace {

TEST(AtOnce, EachIsDoneOnceAndTellsItsOwnFailure) {
  std::vector<std::atomic<int>> done(20);
  const auto failures = run_at_once(done.size(), [&](std::size_t i) {
    ++done[i];
    if (i % 2 == 1) throw ApiError(errors::msg::kSubsystemDown, {std::to_string(i)});
  });
  for (std::size_t i = 0; i < done.size(); ++i) {
    EXPECT_EQ(done[i], 1);
    EXPECT_EQ(failures[i].has_value(), i % 2 == 1) << i;
  }
  EXPECT_TRUE(run_at_once(0, [](std::size_t) { FAIL(); }).empty());
}

TEST(AtOnce, SlowOnesWaitTogether) {
  std::latch all(3);
  run_at_once(3, [&](std::size_t) { all.arrive_and_wait(); });
  const auto caller = std::this_thread::get_id();
  run_at_once(1, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), caller); });
}

TEST(AtOnce, OtherExceptionsComeOut) {
  EXPECT_THROW(run_at_once(3,
                           [](std::size_t i) {
                             if (i == 2) throw std::runtime_error("broken");
                           }),
               std::runtime_error);
}

}  // namespace
}  // namespace gw::mailbox::unified
