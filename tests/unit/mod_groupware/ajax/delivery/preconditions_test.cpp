#include "ajax/delivery/preconditions.hpp"

#include <gtest/gtest.h>

namespace gw::ajax {
namespace {

constexpr Millis kNow{1'767'225'600'000};
constexpr Millis kChanged{784'111'777'456};  // Sun, 06 Nov 1994 08:49:37.456
const Validators kFile{"\"f/1\"", kChanged};

bool unchanged(const std::string& if_none_match, const std::string& if_modified_since,
               const Validators& validators = kFile) {
  Request request;
  request.if_none_match = if_none_match;
  request.if_modified_since = if_modified_since;
  return is_unchanged(request, validators, kNow);
}

bool part(const std::string& if_range) {
  Request request;
  request.if_range = if_range;
  return ranges_apply(request, kFile, kNow);
}

TEST(Preconditions, TagsAreReadWithTheirWeakness) {
  const EntityTags tags = parse_entity_tags("\"a\", W/\"b,c\" ,\"\",,\"d\"");
  EXPECT_FALSE(tags.is_any);
  EXPECT_EQ(tags.tags,
            (std::vector<EntityTag>{{"\"a\"", false}, {"\"b,c\"", true}, {"\"\"", false}, {"\"d\"", false}}));
  EXPECT_TRUE(parse_entity_tags(" * ").is_any);
}

TEST(Preconditions, WhatIsNoTagIsLeftOut) {
  EXPECT_EQ(parse_entity_tags("a, \"b\"").tags.size(), 1U);
  EXPECT_EQ(parse_entity_tags("\"a\"x, \"b\"").tags.size(), 1U);
  EXPECT_TRUE(parse_entity_tags("w/\"a\", \"unclosed").tags.empty());
  EXPECT_FALSE(parse_entity_tags("*, \"a\"").is_any);
  std::string many;
  for (int i = 0; i < 500; ++i) many += "\"x\",";
  EXPECT_EQ(parse_entity_tags(many).tags.size(), 100U);
}

TEST(Preconditions, IfNoneMatchComparesWeaklyAndWinsOverTheDate) {
  EXPECT_TRUE(unchanged("\"f/1\"", ""));
  EXPECT_TRUE(unchanged("\"x\", W/\"f/1\"", ""));
  EXPECT_TRUE(unchanged("*", ""));
  EXPECT_FALSE(unchanged("\"f/2\"", "Sun, 06 Nov 1994 08:49:37 GMT"));
  EXPECT_FALSE(unchanged("f/1", ""));
}

TEST(Preconditions, IfModifiedSinceComparesToTheSecond) {
  EXPECT_TRUE(unchanged("", "Sun, 06 Nov 1994 08:49:37 GMT"));
  EXPECT_TRUE(unchanged("", "Sunday, 06-Nov-94 08:49:38 GMT"));
  EXPECT_TRUE(unchanged("", "Thu Jan  1 00:00:00 2026"));
  EXPECT_FALSE(unchanged("", "Sun, 06 Nov 1994 08:49:36 GMT"));
  EXPECT_FALSE(unchanged("", "yesterday"));
  EXPECT_FALSE(unchanged("", ""));
}

TEST(Preconditions, WhatMayNotBeKeptIsNeverUnchanged) {
  EXPECT_FALSE(unchanged("*", "Thu, 01 Jan 2026 00:00:00 GMT", {}));
  EXPECT_FALSE(unchanged("", "Thu, 01 Jan 2026 00:00:00 GMT", {"\"a\"", {}}));
}

TEST(Preconditions, IfRangeNeedsTheStrongTagOrTheExactDate) {
  EXPECT_TRUE(part(""));
  EXPECT_TRUE(part(" \"f/1\" "));
  EXPECT_FALSE(part("W/\"f/1\""));
  EXPECT_FALSE(part("\"f/1\", \"f/1\""));
  EXPECT_FALSE(part("*"));
  EXPECT_TRUE(part("Sun, 06 Nov 1994 08:49:37 GMT"));
  EXPECT_TRUE(part("Sun Nov  6 08:49:37 1994"));
  EXPECT_FALSE(part("Sun, 06 Nov 1994 08:49:38 GMT"));
  EXPECT_FALSE(part("Sun, 06 Nov 1994 08:49:36 GMT"));
}

}  // namespace
}  // namespace gw::ajax
