#include "apache/auth_cache.hpp"

#include <gtest/gtest.h>

namespace gw::apache {
namespace {

constexpr Millis kNow{1'000'000};
constexpr Millis kLate{1'000'000 + 60'000};

TEST(AuthCache, KnowsWhatWasRightAMomentAgo) {
  AuthCache cache;
  EXPECT_FALSE(cache.find("anna", "secret", kNow));
  cache.store("anna", "secret", {ContextId(1), UserId(3), 7}, kNow);
  const auto found = cache.find("anna", "secret", kNow);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, UserId(3));
  EXPECT_EQ(found->account_stamp, 7);
  EXPECT_FALSE(cache.find("anna", "Secret", kNow));
  EXPECT_FALSE(cache.find("annas", "ecret", kNow)) << "the border between name and password counts";
  EXPECT_FALSE(cache.find("anna", "secret", kLate));
  EXPECT_FALSE(cache.find("anna", "secret", kNow)) << "what was too old once is gone";
}

TEST(AuthCache, ForgetsWhatItIsToldTo) {
  AuthCache cache;
  cache.store("anna", "secret", {ContextId(1), UserId(3), 7}, kNow);
  cache.forget("anna", "secret");
  EXPECT_FALSE(cache.find("anna", "secret", kNow));
}

TEST(AuthCache, DoesNotGrowForEver) {
  AuthCache cache;
  for (std::size_t i = 0; i < AuthCache::kMaxEntries; ++i) cache.store(std::to_string(i), "x", {}, kNow);
  cache.store("last", "x", {}, kNow);
  EXPECT_TRUE(cache.find("last", "x", kNow));
  EXPECT_FALSE(cache.find("0", "x", kNow));
}

}  // namespace
}  // namespace gw::apache
