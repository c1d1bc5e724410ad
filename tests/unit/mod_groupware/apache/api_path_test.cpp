#include "apache/api_path.hpp"

#include <gtest/gtest.h>

namespace gw::apache {
namespace {

TEST(ApiPath, IsWhatFollowsTheRoot) {
  EXPECT_EQ(find_below("/ajax/contacts", "/ajax"), "contacts");
  EXPECT_EQ(find_below("/appsuite/api/config/gui/x", "/appsuite/api/"), "config/gui/x");
  EXPECT_EQ(find_below("/ajax", "/ajax"), "");
  EXPECT_EQ(find_below("/ajax/", "/ajax"), "");
}

TEST(ApiPath, NeedsWholeSegments) {
  EXPECT_EQ(find_below("/ajaxcontacts", "/ajax"), std::nullopt);
  EXPECT_EQ(find_below("/other/ajax/contacts", "/ajax"), std::nullopt);
  EXPECT_EQ(find_below("/", "/ajax"), std::nullopt);
}

TEST(ApiPath, LosesTheSessionSuffixOfEverySegment) {
  EXPECT_EQ(strip_session_suffix("contacts;jsessionid=0123.route1"), "contacts");
  EXPECT_EQ(strip_session_suffix("image;jsessionid=1.a/user;jsessionid=1.a/picture"), "image/user/picture");
  EXPECT_EQ(strip_session_suffix("contacts;version=1"), "contacts;version=1");
}

}  // namespace
}  // namespace gw::apache
