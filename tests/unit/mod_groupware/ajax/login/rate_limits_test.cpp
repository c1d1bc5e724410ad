#include "ajax/login/rate_limits.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "support/database.hpp"

namespace gw::ajax {
namespace {

Request from(const std::string& address, const std::string& agent = "agent",
             const std::string& path = "contacts") {
  Request request;
  request.remote_address = address;
  request.user_agent = agent;
  request.path = path;
  return request;
}

class RateLimitsTest : public testing::Test {
 protected:
  RateLimitsTest() {
    settings.requests_per_window = 3;
    settings.requests_per_user = 2;
    limits = std::make_unique<RateLimits>(settings, clock);
  }
  int status(const Request& request) {
    try {
      limits->count_request(request);
    } catch (const HttpError& error) {
      return error.status();
    }
    return 200;
  }
  LimitSettings settings;
  test::FixedClock clock;
  std::unique_ptr<RateLimits> limits;
};

TEST_F(RateLimitsTest, RequestsOverTheLimitOfFiveMinutesGet429) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(status(from("192.0.2.1")), 200);
  EXPECT_EQ(status(from("192.0.2.1")), 429);
  EXPECT_EQ(status(from("192.0.2.1", "another agent")), 200);
  EXPECT_EQ(status(from("192.0.2.2")), 200);
  clock.advance(299'999);
  EXPECT_EQ(status(from("192.0.2.1")), 429);
  clock.advance(1);
  EXPECT_EQ(status(from("192.0.2.1")), 200);
}

TEST_F(RateLimitsTest, ModuleSystemIsExemptAndZeroSwitchesTheLimitOff) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(status(from("192.0.2.1", "agent", "system")), 200);
  settings.requests_per_window = 0;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(status(from("192.0.2.1")), 200);
}

TEST_F(RateLimitsTest, AFloodOfOtherClientsDoesNotForgetABusyOne) {
  for (int i = 0; i < 3; ++i) status(from("192.0.2.1"));
  for (int i = 0; i < 100'000; ++i) {
    status(from("10.0.0.1", std::to_string(i)));
    if (i % 100 == 0) {
      ASSERT_EQ(status(from("192.0.2.1")), 429) << i;
    }
  }
}

TEST_F(RateLimitsTest, ConcurrentRequestsOfAUserAreLimitedUntilOneEnds) {
  const ContextId context(1);
  auto first = std::make_unique<RateLimits::Ticket>(limits->enter(context, UserId(3)));
  const auto second = limits->enter(context, UserId(3));
  EXPECT_THROW(static_cast<void>(limits->enter(context, UserId(3))), ApiError);
  EXPECT_NO_THROW(static_cast<void>(limits->enter(context, UserId(4))));
  EXPECT_NO_THROW(static_cast<void>(limits->enter(ContextId(2), UserId(3))));
  first.reset();
  EXPECT_NO_THROW(static_cast<void>(limits->enter(context, UserId(3))));
}

TEST_F(RateLimitsTest, MovedTicketGivesItsPlaceBackOnce) {
  auto first = limits->enter(ContextId(1), UserId(3));
  {
    const RateLimits::Ticket moved(std::move(first));
    const auto second = limits->enter(ContextId(1), UserId(3));
    EXPECT_THROW(static_cast<void>(limits->enter(ContextId(1), UserId(3))), ApiError);
  }
  const auto again = limits->enter(ContextId(1), UserId(3));
  const auto and_again = limits->enter(ContextId(1), UserId(3));
  EXPECT_THROW(static_cast<void>(limits->enter(ContextId(1), UserId(3))), ApiError);
}

TEST_F(RateLimitsTest, ManyThreadsNeverExceedTheLimit) {
  std::atomic<int> running{0};
  std::atomic<int> let_through{0};
  settings.requests_per_window = 500;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        if (status(from("192.0.2.1")) == 200) ++let_through;
        try {
          const auto ticket = limits->enter(ContextId(1), UserId(3));
          EXPECT_LE(++running, 2);
          --running;
        } catch (const ApiError&) {
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(let_through, 500);
}

}  // namespace
}  // namespace gw::ajax
