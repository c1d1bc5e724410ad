#include "calendars/feeds/feed_config.hpp"

#include <gtest/gtest.h>

#include "unit/lib/model/sample_context.hpp"

namespace gw::calendars::feeds {
namespace {

using gw::test::json;
using gw::test::refusal;

TEST(FeedConfig, SaysWhereAndWhoAndHowOften) {
  const FeedConfig config = parse_feed_config(
      json("{'uri':' webcal://a.test/x.ics ','login':'anna','password':'secret','refreshInterval':'60'}"));
  EXPECT_EQ(config.uri, "webcal://a.test/x.ics");
  EXPECT_EQ(fetched_uri(config), "http://a.test/x.ics");
  EXPECT_EQ(config.login, "anna");
  EXPECT_EQ(config.password, "secret");
  EXPECT_EQ(config.refresh_minutes, 60);
  // The password is stored elsewhere.
  EXPECT_EQ(write_feed_config(config).dump(),
            R"({"uri":"webcal://a.test/x.ics","login":"anna","refreshInterval":60})");
  EXPECT_EQ(fetched_uri(parse_feed_config(json("{'uri':'HTTPS://a.test/'}"))), "HTTPS://a.test/");
}

TEST(FeedConfig, WhatCannotBeReadIsRefused) {
  for (const char* wrong :
       {"[]", "{}", "{'uri':''}", "{'uri':'a.test/x.ics'}", "{'uri':'file:///etc/passwd'}",
        "{'uri':'ftp://a.test/'}", "{'uri':'http://'}", "{'uri':'http://anna:secret@a.test/'}", "{'uri':5}",
        "{'uri':'http://a.test/','refreshInterval':0}", "{'uri':'http://a.test/','refreshInterval':'soon'}",
        "{'uri':'http://a.test/','refreshInterval':99999999}", "{'uri':'http://a.test/\\r\\nX: y'}"})
    EXPECT_EQ(refusal([&] { parse_feed_config(json(wrong)); }), "CAL-4004") << wrong;
  for (const char* wrong :
       {"{'uri':'http://a.test/','password':'x'}", "{'uri':'http://a.test/','login':'a:b','password':'x'}"})
    EXPECT_EQ(refusal([&] { parse_feed_config(json(wrong)); }), "CAL-4046") << wrong;
}

}  // namespace
}  // namespace gw::calendars::feeds
