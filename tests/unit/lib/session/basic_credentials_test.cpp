#include "session/basic_credentials.hpp"

#include <gtest/gtest.h>

namespace gw::session {
namespace {

TEST(BasicCredentials, NameAndPasswordAreSplitAtTheFirstColon) {
  const auto given = read_basic(" bAsIc YW5uYTpzZTpjcmV0 ");
  ASSERT_TRUE(given);
  EXPECT_EQ(given->name, "anna");
  EXPECT_EQ(given->password, "se:cret");
  const auto empty = read_basic("Basic Og==");
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->name + empty->password, "");
}

TEST(BasicCredentials, WhatIsNoneIsTold) {
  for (const char* header : {"", "Basic", "Basic YW5uYQ==", "Basic !!", "Bearer YW5uYTp4", "BasicYW5uYTp4"})
    EXPECT_FALSE(read_basic(header)) << header;
  EXPECT_TRUE(is_basic("Basic"));
  EXPECT_FALSE(is_basic("Bearer x"));
  EXPECT_FALSE(is_basic(""));
}

}  // namespace
}  // namespace gw::session
