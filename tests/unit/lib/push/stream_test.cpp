#include "push/stream.hpp"

#include <gtest/gtest.h>

namespace gw::push {
namespace {

constexpr std::size_t kAllBytes = 1'000'000;
constexpr Millis kTaken{7};

Stream make(Transport transport = Transport::Events) {
  StreamRequest request;
  request.user = {1, 3};
  request.connection = "tab";
  request.transport = transport;
  return {std::move(request), "e"};
}

Message change(std::int64_t folder, Position position, std::int64_t object = 0) {
  return {"ox:contacts:changed", position, folder, object, kUnknownKind, 0, {}};
}

std::string frame(std::int64_t folder, Position position) {
  return frame_event(position == 0 ? "" : format_id("e", position), "ox:contacts:changed",
                     R"({"folder":")" + std::to_string(folder) + "\"}");
}

TEST(Stream, MergesWhatWaitsForOneFolderAndPutsItBehindTheOthers) {
  Stream stream = make();
  EXPECT_FALSE(stream.has_output());
  EXPECT_TRUE(stream.add(change(31, 1)));
  EXPECT_TRUE(stream.add(change(32, 2)));
  EXPECT_TRUE(stream.add(change(31, 3)));
  EXPECT_EQ(stream.merged(), 1U);
  EXPECT_EQ(stream.take(kAllBytes, kTaken).bytes, frame(32, 2) + frame(31, 3));
  EXPECT_FALSE(stream.has_output());
  EXPECT_EQ(stream.unsent(), 0U);
  EXPECT_EQ(stream.sent(), 2U);
}

TEST(Stream, OnlyTheLastMessageOfAnEventNamesIt) {
  Stream stream = make();
  stream.add(change(31, 1));
  stream.add(change(32, 1));
  EXPECT_EQ(stream.take(kAllBytes, kTaken).bytes, frame(31, 0) + frame(32, 1));
}

TEST(Stream, GivesNoMoreThanIsAskedFor) {
  Stream stream = make();
  stream.add(change(31, 1));
  std::string got;
  while (stream.has_output()) {
    const Output output = stream.take(10, kTaken);
    EXPECT_LE(output.bytes.size(), 10U);
    got += output.bytes;
  }
  EXPECT_EQ(got, frame(31, 1));
}

TEST(Stream, TellsWhenAClientLeavesTooMuchUnread) {
  Stream stream = make();
  std::int64_t folder = 1;
  while (stream.add(change(folder, static_cast<Position>(folder)))) ++folder;
  EXPECT_GT(stream.unsent(), Stream::kLargestUnsent);
  EXPECT_LT(stream.unsent(), Stream::kLargestUnsent + 1'000);
  stream.end(EndReason::Slow, {});
  const Output output = stream.take(kAllBytes, kTaken);
  EXPECT_EQ(output.bytes, "");
  EXPECT_TRUE(output.is_last);
}

TEST(Stream, EndsWithWhatWaitsAndTheReason) {
  const std::pair<EndReason, std::string> rows[] = {
      {EndReason::Life, frame_retry(std::chrono::milliseconds(1'234))},
      {EndReason::Stopping, frame_retry(std::chrono::milliseconds(1'234))},
      {EndReason::Replaced, frame_event("", "replaced", "{}")},
      {EndReason::SessionInvalid, frame_event("", "session:invalid", "{}")},
  };
  for (const auto& [reason, text] : rows) {
    Stream stream = make();
    stream.add(change(31, 1));
    stream.end(reason, std::chrono::milliseconds(1'234));
    stream.end(EndReason::Slow, {});  // the first reason stays
    stream.add(change(32, 2));
    const Output output = stream.take(kAllBytes, kTaken);
    EXPECT_EQ(output.bytes, frame(31, 1) + text);
    EXPECT_TRUE(output.is_last);
    EXPECT_FALSE(stream.has_output());
  }
}

TEST(Stream, TheEndMayComeInPieces) {
  Stream stream = make();
  stream.end(EndReason::Life, std::chrono::milliseconds(1'000));
  Output output = stream.take(5, kTaken);
  EXPECT_FALSE(output.is_last);
  EXPECT_TRUE(stream.has_output());
  std::string got = output.bytes;
  while (!output.is_last) got += (output = stream.take(5, kTaken)).bytes;
  EXPECT_EQ(got, "retry: 1000\n\n");
}

TEST(Stream, APollIsAnsweredOnceWithAllThatWaits) {
  Stream stream = make(Transport::Poll);
  stream.add_notice("resync", "{}", 4);
  stream.add(change(31, 5));
  const Output output = stream.take(1, kTaken);
  EXPECT_EQ(
      output.bytes,
      R"({"data":[{"id":"e-0000000000000004","topic":"resync","data":{}},)"
      R"({"id":"e-0000000000000005","topic":"ox:contacts:changed","data":{"folder":"31"}}],"timestamp":7})");
  EXPECT_TRUE(output.is_last);
  EXPECT_FALSE(stream.has_output());
}

TEST(Stream, APollWithoutNewsEndsEmpty) {
  Stream stream = make(Transport::Poll);
  EXPECT_FALSE(stream.has_output());
  stream.end(EndReason::Life, {});
  EXPECT_EQ(stream.take(1, kTaken).bytes, R"({"data":[],"timestamp":7})");
}

TEST(Stream, WhatIsForgottenTakesNoRoom) {
  Stream stream = make();
  stream.add(change(31, 1));
  stream.forget_waiting();
  EXPECT_EQ(stream.unsent(), 0U);
  EXPECT_FALSE(stream.has_output());
}

}  // namespace
}  // namespace gw::push
