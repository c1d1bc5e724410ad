#include "push/topics.hpp"

#include <gtest/gtest.h>

#include "push/event_record.hpp"

namespace gw::push {
namespace {

TEST(Topics, EveryModuleOfTheProtocolHasOneAndOthersHaveNone) {
  EXPECT_EQ(topic_of(kContact), "ox:contacts:changed");
  EXPECT_EQ(topic_of(kFolder), "ox:folders:changed");
  EXPECT_EQ(topic_of(kInfostore), "ox:files:changed");
  EXPECT_EQ(topic_of(kTask), "ox:tasks:changed");
  EXPECT_EQ(topic_of(kAppointment), "ox:calendar:updates");
  EXPECT_EQ(topic_of(kMail), "ox:mail:new");
  EXPECT_TRUE(topic_of(99).empty());
}

TEST(Topics, InterestsAreExactPrefixesOrEverything) {
  const auto some = Interests::parse("ox:mail:*, ox:contacts:changed");
  ASSERT_TRUE(some);
  EXPECT_TRUE(some->match("ox:mail:new"));
  EXPECT_TRUE(some->match("ox:contacts:changed"));
  EXPECT_FALSE(some->match("ox:contacts"));
  EXPECT_FALSE(some->match("ox:mailbox:new"));
  EXPECT_TRUE(Interests::parse("")->match("ox:mail:new"));
  EXPECT_TRUE(Interests::parse("ox:none,*")->match("ox:mail:new"));
}

TEST(Topics, WhatIsNoTopicIsRefused) {
  for (const char* text :
       {"ox:", ":ox", "ox::mail", "ox:mail*", "ox mail", "ox:*:new", "*:*", ",", "ox:mail:*,"})
    EXPECT_FALSE(Interests::parse(text)) << text;
  EXPECT_FALSE(Interests::parse(std::string(200, 'a')));
  std::string many = "a";
  for (std::size_t i = 1; i < Interests::kMost; ++i) many += ",a";
  EXPECT_TRUE(Interests::parse(many));
  EXPECT_FALSE(Interests::parse(many + ",a"));
}

TEST(Topics, ConnectionIdsAreShortAndPlain) {
  EXPECT_TRUE(is_connection_id("Tab-1_x.y~z"));
  EXPECT_TRUE(is_connection_id(std::string(64, 'a')));
  EXPECT_FALSE(is_connection_id(std::string(65, 'a')));
  EXPECT_FALSE(is_connection_id(""));
  EXPECT_FALSE(is_connection_id("a\nb"));
  EXPECT_FALSE(is_connection_id("a b"));
}

}  // namespace
}  // namespace gw::push
