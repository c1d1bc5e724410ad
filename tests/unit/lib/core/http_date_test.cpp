#include "core/http_date.hpp"

#include <gtest/gtest.h>

namespace gw {
namespace {

constexpr Millis kExample{784'111'777'000};
constexpr Millis kNow{1'767'225'600'000};  // 2026-01-01

std::int64_t seconds(std::string_view text, Millis now = kNow) {
  const auto parsed = parse_http_date(text, now);
  return parsed ? parsed->value / 1'000 : -1;
}

TEST(HttpDate, AllThreeFormsAreRead) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", kNow), kExample);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", kNow), kExample);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994", kNow), kExample);
  EXPECT_EQ(parse_http_date("  Sun Nov 16 08:49:37 1994 ", kNow), Millis{kExample.value + 10 * 86'400'000});
}

TEST(HttpDate, WhatIsWrittenIsReadAgain) {
  for (const std::int64_t second : {0L, 1L, 951'782'399L, 951'782'400L, 1'767'225'599L, 4'102'444'800L})
    EXPECT_EQ(seconds(format_http_date({second * 1'000 + 999})), second);
}

TEST(HttpDate, AYearOfTwoDigitsIsAtMostFiftyYearsAhead) {
  EXPECT_EQ(seconds("Wednesday, 01-Jan-75 00:00:00 GMT"), 3'313'526'400);  // 2075
  EXPECT_EQ(seconds("Saturday, 01-Jan-77 00:00:00 GMT"), 220'924'800);     // 1977
  EXPECT_EQ(seconds("Thursday, 01-Jan-26 00:00:00 GMT"), 1'767'225'600);
}

TEST(HttpDate, NothingElseIsADate) {
  for (const char* text :
       {"", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT x", "1994-11-06T08:49:37Z", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun Nov   6 08:49:37 1994", "Sun, 06 Nov -994 08:49:37 GMT", "\"Sun, 06 Nov 1994 08:49:37 GMT\""})
    EXPECT_EQ(seconds(text), -1) << text;
}

}  // namespace
}  // namespace gw
