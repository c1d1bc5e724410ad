#include "mailbox/header_rewriting.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gw::mailbox {
namespace {

constexpr std::string_view kDropped[] = {"Bcc", "Return-Path"};

std::string rewritten(const std::string& mail, std::string_view before = {}) {
  Spool spool;
  spool.append(mail);
  const Spool made = rewrite_headers(spool, before, kDropped);
  const mail::ByteSource source = made.open();
  std::string all;
  for (std::string piece = source(1'000); !piece.empty(); piece = source(1'000)) all += piece;
  return all;
}

TEST(HeaderRewriting, LinesGoWithWhatContinuesThem) {
  EXPECT_EQ(
      rewritten(
          "Return-Path: <x>\r\nTo: a\r\nBCC : b,\r\n c\r\n\td\r\nBcc-Not: e\r\n f\r\n\r\nBcc: body\r\n"),
      "To: a\r\nBcc-Not: e\r\n f\r\n\r\nBcc: body\r\n");
  EXPECT_EQ(rewritten("To: a\nBcc: b\n\nbody", "X: y\r\n"), "X: y\r\nTo: a\n\nbody");
  EXPECT_EQ(rewritten("To: a\r\nBcc: b"), "To: a\r\n");
  EXPECT_EQ(rewritten(""), "");
}

TEST(HeaderRewriting, LongLinesAreJudgedByTheirBegin) {
  const std::string body = "\r\n" + std::string(300'000, 'b');
  const std::string kept = "Subject: " + std::string(200'000, 's') + "\r\n";
  const std::string dropped =
      "Bcc: " + std::string(200'000, 'x') + "\r\n " + std::string(70'000, 'y') + "\r\n";
  EXPECT_EQ(rewritten(kept + dropped + kept + body), kept + kept + body);
}

}  // namespace
}  // namespace gw::mailbox
