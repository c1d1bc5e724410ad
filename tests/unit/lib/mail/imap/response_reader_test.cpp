#include "mail/imap/response_reader.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "mail/imap/value.hpp"

namespace gw::mail::imap {
namespace {

std::vector<std::string> read_all(ResponseReader& reader) {
  std::vector<std::string> found;
  while (auto text = reader.next()) found.push_back(*text);
  return found;
}

TEST(ResponseReader, EveryPieceGivesTheSameResponses) {
  const std::string bytes =
      "* OK hello {5}\r\n* 1 FETCH (BODY[HEADER.FIELDS (FROM)]<0> {9}\r\nFrom: a\r\n UID 7)\r\n"
      "+ go {3}\r\n* LIST () \"/\" {0}\r\n\r\n* X {2}\r\nab {1}\r\n\n)\nA1 OK done\r\n";
  const std::vector<std::string> expected{
      "* OK hello {5}",
      "* 1 FETCH (BODY[HEADER.FIELDS (FROM)]<0> {9}\r\nFrom: a\r\n UID 7)",
      "+ go {3}",
      "* LIST () \"/\" {0}\r\n",
      "* X {2}\r\nab {1}\r\n\n)",
      "A1 OK done"};
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    ResponseReader reader(1'000);
    std::vector<std::string> found;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      reader.feed(std::string_view(bytes).substr(at, size));
      for (std::string& text : read_all(reader)) found.push_back(std::move(text));
    }
    EXPECT_EQ(found, expected) << "pieces of " << size;
  }
}

TEST(ResponseReader, WhatIsTooLongIsNeverHeld) {
  ResponseReader line(100);
  line.feed(std::string(101, 'x'));
  EXPECT_THROW(line.next(), BadResponse);
  ResponseReader announced(100);
  announced.feed("* 1 FETCH (BODY[] {101}\r\n");
  EXPECT_THROW(announced.next(), BadResponse);
  ResponseReader endless(100);
  endless.feed("* 1 FETCH (BODY[] {18446744073709551615}\r\n");
  EXPECT_THROW(endless.next(), BadResponse);
  ResponseReader many(100);
  many.feed("* a {40}\r\n" + std::string(40, 'a') + " {40}\r\n");
  EXPECT_EQ(many.next(), std::nullopt);
  many.feed(std::string(50, 'a') + "\r\n");
  EXPECT_THROW(many.next(), BadResponse);
}

TEST(ResponseReader, ManyShortOnesAreNotOneLongOne) {
  ResponseReader reader(100);
  std::string bytes;
  for (int i = 0; i < 1'000; ++i) bytes += "* OK\r\n";
  reader.feed(bytes);
  EXPECT_EQ(read_all(reader).size(), 1'000U);
}

TEST(ResponseReader, ClearForgetsHalfALine) {
  ResponseReader reader(100);
  reader.feed("* half {9}\r\nabc");
  EXPECT_EQ(reader.next(), std::nullopt);
  reader.clear();
  reader.feed("* whole\r\n");
  EXPECT_EQ(reader.next(), "* whole");
}

}  // namespace
}  // namespace gw::mail::imap
