#include "apache/feed_words.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

using FeedWordList = std::vector<std::string_view>;

FeedSettings set_to(const FeedWordList& words) {
  FeedSettings feeds;
  set_feeds(feeds, "GroupwareFeeds", words);
  return feeds;
}

TEST(FeedWords, OnAndOff) {
  EXPECT_FALSE(set_to({"off"}).enabled);
  const FeedSettings usual = set_to({"On"});
  EXPECT_TRUE(usual.enabled);
  EXPECT_EQ(usual.ports, (std::vector<int>{80, 443}));
  EXPECT_EQ(usual.denied_networks, (std::vector<std::string>{"internal"}));
  EXPECT_TRUE(usual.hosts.empty());
}

TEST(FeedWords, WhatMayBeReached) {
  const FeedSettings feeds =
      set_to({"on", "ports=8080,443", "deny=internal,192.0.2.0/24", "hosts=News.example.org,.example.com"});
  EXPECT_EQ(feeds.ports, (std::vector<int>{8080, 443}));
  EXPECT_EQ(feeds.denied_networks, (std::vector<std::string>{"internal", "192.0.2.0/24"}));
  EXPECT_EQ(feeds.hosts, (std::vector<std::string>{"news.example.org", ".example.com"}));
  const FeedSettings open = set_to({"on", "ports=any", "deny=none"});
  EXPECT_TRUE(open.ports.empty());
  EXPECT_TRUE(open.denied_networks.empty());
}

TEST(FeedWords, WrongOnesAreRefused) {
  for (const FeedWordList& wrong :
       {FeedWordList{}, FeedWordList{"maybe"}, FeedWordList{"off", "ports=80"}, FeedWordList{"on", "ports=0"},
        FeedWordList{"on", "deny=10.0.0.1/8"}, FeedWordList{"on", "hosts=a b"}, FeedWordList{"on", "hosts="},
        FeedWordList{"on", "x=1"}})
    EXPECT_THROW(set_to(wrong), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
