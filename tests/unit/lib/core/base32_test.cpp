#include "core/base32.hpp"

#include <gtest/gtest.h>

namespace gw {
namespace {

/// RFC 4648 section 10, without the padding.
TEST(Base32, TellsTheVectorsOfTheStandard) {
  EXPECT_EQ(to_base32(""), "");
  EXPECT_EQ(to_base32("f"), "MY");
  EXPECT_EQ(to_base32("fo"), "MZXQ");
  EXPECT_EQ(to_base32("foo"), "MZXW6");
  EXPECT_EQ(to_base32("foob"), "MZXW6YQ");
  EXPECT_EQ(to_base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(to_base32(std::string(2, '\xFF')), "777Q");
}

TEST(Base32, WhatPeopleTypeIsFolded) {
  EXPECT_EQ(fold_base32("MZXW-6ytb oi", 10), "mzxw6ytboi");
  EXPECT_FALSE(fold_base32("mzxw6ytbo", 10)) << "too short";
  EXPECT_FALSE(fold_base32("mzxw6ytboii", 10)) << "too long";
  for (const char* wrong : {"mzxw6ytbo0", "mzxw6ytbo1", "mzxw6ytbo8", "mzxw6ytbo_", "mzxw6ytbo\n"})
    EXPECT_FALSE(fold_base32(wrong, 10)) << wrong;
  EXPECT_FALSE(fold_base32(std::string(100'000, 'a'), 10));
  EXPECT_FALSE(fold_base32("", 10));
}

}  // namespace
}  // namespace gw
