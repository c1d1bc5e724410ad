#include "mail/mime/part_removal.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gw::mail::mime {
namespace {

std::string without(const std::string& message, const std::vector<std::string>& types) {
  return remove_parts(message, types);
}

const std::string kHead = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nsome words\r\n";
const std::string kText = "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n";
const std::string kEvent = "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n";
const std::string kEnd = "--b--\r\n";

TEST(PartRemoval, APartGoesWithItsBoundary) {
  const std::vector<std::string> ics{"text/calendar"};
  EXPECT_EQ(without(kHead + kText + kEvent + kEnd, ics), kHead + kText + kEnd);
  EXPECT_EQ(without(kHead + kEvent + kText + kEnd, ics), kHead + kText + kEnd);
  EXPECT_EQ(without(kHead + kEvent + kText + kEvent + kEnd, ics), kHead + kText + kEnd);
  EXPECT_EQ(without(kHead + kText + "--b\r\nContent-Type: text/calendar\r\n\r\n" + kEnd, ics),
            kHead + kText + kEnd);
  EXPECT_EQ(without(kHead + kText + kEvent, ics), kHead + kText);
}

TEST(PartRemoval, LevelsBelowAreSearchedButNoEmbeddedMail) {
  const std::string inner =
      "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\none\n--c\nContent-Type: "
      "text/calendar\n\nx\n--c--\n\n";
  const std::string left = "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\none\n--c--\n\n";
  EXPECT_EQ(without(kHead + inner + kEnd, {"text/calendar"}), kHead + left + kEnd);
  const std::string mail = "--b\r\nContent-Type: message/rfc822\r\n\r\n" + kHead + kEvent + kEnd;
  EXPECT_EQ(without("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + mail, {"text/html"}),
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + mail);
}

TEST(PartRemoval, WhatHasNoSuchPartStays) {
  for (const std::string& message :
       {kHead + kText + kEnd, std::string("Content-Type: text/calendar\r\n\r\nx"), std::string()})
    EXPECT_EQ(without(message, {"text/calendar", "application/ics"}), message);
  EXPECT_EQ(without(kHead + kEvent + kEnd, {}), kHead + kEvent + kEnd);
}

}  // namespace
}  // namespace gw::mail::mime
