#include "dav/path.hpp"

#include <gtest/gtest.h>

namespace gw::dav {
namespace {

using Names = std::vector<std::string_view>;

TEST(DavPath, LiesBelowTheRootOfItsLocation) {
  EXPECT_EQ(path_below("/dav/a/b", "/dav"), "a/b");
  EXPECT_EQ(path_below("/dav/a/b/", "/dav/"), "a/b");
  EXPECT_EQ(path_below("/dav", "/dav/"), "");
  EXPECT_EQ(path_below("/a", "/"), "a");
  EXPECT_EQ(path_below("/davx/a", "/dav"), std::nullopt);
  EXPECT_EQ(path_below("/other", "/dav"), std::nullopt);
}

TEST(DavPath, IsMadeOfNames) {
  EXPECT_EQ(split_path(""), Names{});
  EXPECT_EQ(split_path("a/b//c"), (Names{"a", "b", "c"}));
  EXPECT_EQ(split_path("..."), (Names{"..."}));
}

TEST(DavPath, RefusesWhatNobodyMayAskFor) {
  for (const char* path : {".", "..", "a/../b", "a/.", "a\tb", "\x7f", "\xff", "\xc3"})
    EXPECT_EQ(split_path(path), std::nullopt) << path;
  EXPECT_EQ(split_path(std::string_view("a\0b", 3)), std::nullopt);
  std::string deep;
  for (std::size_t i = 0; i < kMaxDepth; ++i) deep += "a/";
  EXPECT_TRUE(split_path(deep));
  EXPECT_FALSE(split_path(deep + "a"));
}

TEST(DavPath, KnowsWhatLiesBelow) {
  EXPECT_TRUE(lies_below("a/b", "a"));
  EXPECT_TRUE(lies_below("a", ""));
  EXPECT_FALSE(lies_below("a", "a"));
  EXPECT_FALSE(lies_below("ab", "a"));
  EXPECT_FALSE(lies_below("", ""));
}

TEST(DavPath, NamesTheServerOfAUrl) {
  EXPECT_EQ(host_of("http://example.org/a"), "example.org");
  EXPECT_EQ(host_of("https://me:secret@example.org:8443/a@b"), "example.org");
  EXPECT_EQ(host_of("http://[fd77::1]:80/"), "[fd77::1]");
  EXPECT_EQ(host_of("http://[fd77"), "");
  EXPECT_EQ(host_of("/a/b"), "");
}

}  // namespace
}  // namespace gw::dav
