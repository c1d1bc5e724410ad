#include "monitoring/health.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace gw::monitoring {
namespace {

using namespace std::chrono_literals;

CheckData fine() { return {{"answer", "42"}}; }
CheckData broken() { throw std::runtime_error("out of paper"); }

TEST(HealthTest, WhatFailsIsDownAndSaysWhy) {
  HealthMonitor monitor({{"ink", false, fine}, {"paper", false, broken}}, {}, system_clock());
  const HealthReport report = monitor.report();
  ASSERT_EQ(report.checks.size(), 2U);
  EXPECT_TRUE(report.checks[0].is_up);
  EXPECT_FALSE(report.checks[1].is_up);
  EXPECT_EQ(report.checks[1].data[0].second, "out of paper");
  EXPECT_FALSE(report.is_up());
}

TEST(HealthTest, WhatIsIgnoredTakesNobodyDown) {
  HealthMonitor monitor({{"ink", false, fine}, {"paper", true, broken}}, {}, system_clock());
  EXPECT_TRUE(monitor.report().is_up());
  const Json json = to_json(monitor.report(), {"Groupware", "1", "", "UTC", "en_US", "UTF-8", {"glue"}});
  EXPECT_EQ(json.get("status").as_string(), "UP");
  EXPECT_EQ(json.get("checks").at(1).get("status").as_string(), "DOWN");
  EXPECT_EQ(json.get("checks").at(0).get("data").get("answer").as_string(), "42");
  EXPECT_EQ(json.get("ignored").at(0).as_string(), "paper");
  EXPECT_EQ(json.get("skipped").at(0).as_string(), "glue");
  EXPECT_EQ(json.get("service").get("name").as_string(), "Groupware");
}

TEST(HealthTest, ACheckThatHangsIsDownWhenTheBudgetIsOverAndHoldsNobodyUp) {
  std::promise<void> end;
  const std::shared_future<void> ended = end.get_future().share();
  HealthMonitor monitor({{"ink", false, fine},
                         {"paper", false,
                          [ended]() -> CheckData {
                            ended.wait();
                            return {};
                          }}},
                        {.budget = 1ms, .cached = 0ms}, system_clock());
  for (int i = 0; i < 3; ++i) {
    const HealthReport report = monitor.report();
    EXPECT_FALSE(report.is_up());
    ASSERT_EQ(report.checks.size(), 2U);
    EXPECT_EQ(report.checks[1].data[0].second, "no answer within 1 ms");
  }
  end.set_value();
}

TEST(HealthTest, AStormOfQuestionsRunsTheChecksOnce) {
  std::atomic<int> runs = 0;
  HealthMonitor monitor({{"ink", false,
                          [&runs]() -> CheckData {
                            ++runs;
                            return {};
                          }}},
                        {.budget = 60s, .cached = 1h}, system_clock());
  std::vector<std::future<HealthReport>> storm;
  for (int i = 0; i < 8; ++i)
    storm.push_back(std::async(std::launch::async, [&] { return monitor.report(); }));
  for (auto& each : storm) EXPECT_TRUE(each.get().is_up());
  EXPECT_EQ(runs, 1);
}

TEST(HealthTest, AnOldAnswerIsNotGivenAgain) {
  std::atomic<bool> is_fine = false;
  HealthMonitor monitor({{"ink", false,
                          [&is_fine]() -> CheckData {
                            if (!is_fine) throw std::runtime_error("dry");
                            return {};
                          }}},
                        {.budget = 60s, .cached = 0ms}, system_clock());
  EXPECT_FALSE(monitor.report().is_up());
  is_fine = true;
  EXPECT_TRUE(monitor.report().is_up());
}

}  // namespace
}  // namespace gw::monitoring
