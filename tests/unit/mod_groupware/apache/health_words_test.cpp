#include "apache/health_words.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

using HealthWordList = std::vector<std::string_view>;

HealthSettings health_of(const HealthWordList& words) {
  HealthSettings health;
  set_health(health, "GroupwareHealth", words);
  return health;
}

TEST(HealthWords, EachWordSetsItsValueAndTheOthersStay) {
  const HealthSettings health =
      health_of({"budget=1s", "cached=0", "disk=1G", "files=on", "probe=probe@example.test", "secret=abc",
                 "skip=clock,pushChild", "ignore=diskSpace"});
  EXPECT_EQ(health.budget, std::chrono::seconds(1));
  EXPECT_EQ(health.cached, std::chrono::milliseconds(0));
  EXPECT_EQ(health.disk_free, 1 << 30);
  EXPECT_TRUE(health.writes_files);
  EXPECT_EQ(health.probe_login, "probe@example.test");
  EXPECT_EQ(health.probe_secret, "abc");
  EXPECT_EQ(health.skipped, (std::vector<std::string>{"clock", "pushChild"}));
  EXPECT_EQ(health.ignored, (std::vector<std::string>{"diskSpace"}));
  EXPECT_EQ(health_of({"files=off"}).budget, std::chrono::seconds(2));
}

TEST(HealthWords, WhatIsWrongIsRefused) {
  for (const HealthWordList& words :
       {HealthWordList{}, HealthWordList{"skip=moon"}, HealthWordList{"files=perhaps"},
        HealthWordList{"budget=1"}, HealthWordList{"probe=a"}, HealthWordList{"secret=a"},
        HealthWordList{"colour=red"}})
    EXPECT_THROW(health_of(words), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
