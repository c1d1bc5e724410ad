#include "dav/lock_token.hpp"

#include <gtest/gtest.h>

namespace gw::test {
namespace {

TEST(LockToken, HasOurSchemeAndNothingThatEndsAHeaderOrAnElement) {
  EXPECT_TRUE(dav::is_lock_token("opaquelocktoken:0123-4567"));
  for (const char* wrong : {"", "urn:uuid:1", "DAV:no-lock", "opaquelocktoken:a b", "opaquelocktoken:<",
                            "opaquelocktoken:&a", "opaquelocktoken:\x7f", "opaquelocktoken:\xc3\xa4"})
    EXPECT_FALSE(dav::is_lock_token(wrong)) << wrong;
  const std::string longest =
      std::string(dav::kTokenScheme) + std::string(dav::kMaxToken - dav::kTokenScheme.size(), 'a');
  EXPECT_TRUE(dav::is_lock_token(longest));
  EXPECT_FALSE(dav::is_lock_token(longest + "a"));
}

TEST(LockToken, StandsInAHeaderWithBracketsOrBare) {
  EXPECT_EQ(dav::token_in_header("<a:1>"), "a:1");
  EXPECT_EQ(dav::token_in_header("  a:1 "), "a:1");
  for (const char* wrong : {"", "<", ">", "<>", "<a", "a>", "<a><b>", "<<a>>"})
    EXPECT_FALSE(dav::token_in_header(wrong)) << wrong;
}

}  // namespace
}  // namespace gw::test
