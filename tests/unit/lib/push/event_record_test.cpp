#include "push/event_record.hpp"

#include <gtest/gtest.h>

namespace gw::push {
namespace {

EventRecord sample() {
  return {.context = 5678,
          .module = kTask,
          .kind = kUpdated,
          .origin = Origin::Local,
          .object = 99,
          .actor = 3,
          .stamp = 1325376000000,
          .source_token = "token-1",
          .data = R"({"a":1})",
          .audiences = {{42, {3, 7, 1234}}, {43, {3}}}};
}

TEST(EventRecord, WhatIsEncodedDecodesToTheSame) {
  const auto datagrams = encode_event(sample());
  ASSERT_EQ(datagrams.size(), 1u);
  EXPECT_EQ(decode_event(datagrams[0]), sample());
}

/// The bytes are a contract between processes of two versions and with tests/support/push.py.
TEST(EventRecord, TheFormIsFixed) {
  EventRecord event = sample();
  event.source_token = "t";
  event.data = "{}";
  event.audiences = {{42, {3, 258}}};
  const std::string head(
      "GWE\x01"
      "E\x01\x00",
      7);
  const std::string numbers(
      "\x2e\x16\0\0\0\0\0\0"
      "\x04\0\0\0"
      "\x63\0\0\0\0\0\0\0"
      "\x03\0\0\0"
      "\x00\xd0\x90\x96\x34\x01\0\0",
      32);
  const std::string rest(
      "\x01t"
      "\x02\0{}"
      "\x2a\0\0\0\0\0\0\0"
      "\x02\0\0\0\x03\0\0\0\x02\x01\0\0",
      26);
  EXPECT_EQ(encode_event(event)[0], head + numbers + rest);
}

TEST(EventRecord, ManyUsersAreSplitAndNonePassesTwice) {
  EventRecord event = sample();
  event.data.assign(kLongestData, 'x');
  event.audiences.clear();
  for (std::int64_t folder = 1; folder <= 3; ++folder) {
    FolderAudience audience{folder, {}};
    for (std::int32_t user = 1; user <= 10'000; ++user) audience.users.push_back(user);
    event.audiences.push_back(audience);
  }
  std::vector<FolderAudience> joined;
  for (const std::string& datagram : encode_event(event)) {
    ASSERT_LE(datagram.size(), kLongestRecord);
    auto part = decode_event(datagram);
    ASSERT_TRUE(part);
    EXPECT_EQ(part->data, event.data);
    for (FolderAudience& audience : part->audiences) {
      if (joined.empty() || joined.back().folder != audience.folder) joined.push_back({audience.folder, {}});
      joined.back().users.insert(joined.back().users.end(), audience.users.begin(), audience.users.end());
    }
  }
  EXPECT_EQ(joined, event.audiences);
}

TEST(EventRecord, UsersAreSortedAndUnique) {
  EventRecord event = sample();
  event.audiences = {{42, {9, 3, 9, 1}}};
  EXPECT_EQ(decode_event(encode_event(event)[0])->audiences[0].users, (std::vector<std::int32_t>{1, 3, 9}));
}

TEST(EventRecord, ATokenOrDataAboveTheLimitIsLeftOut) {
  EventRecord event = sample();
  event.source_token.assign(kLongestToken + 1, 'x');
  event.data.assign(kLongestData + 1, 'x');
  const auto back = decode_event(encode_event(event)[0]);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->source_token, "");
  EXPECT_EQ(back->data, "");
  EXPECT_EQ(back->audiences, event.audiences);
}

TEST(EventRecord, AnEventForNobodyIsOneRecord) {
  EventRecord event = sample();
  event.audiences.clear();
  ASSERT_EQ(encode_event(event).size(), 1u);
  EXPECT_EQ(decode_event(encode_event(event)[0]), event);
}

TEST(EventRecord, EveryCutAndEveryByteTooManyIsRefused) {
  EventRecord event = sample();
  event.audiences.resize(1);
  const std::string whole = encode_event(event)[0];
  // A cut right before the only audience is an event for nobody.
  const std::size_t border = whole.size() - 8 - 4 - 3 * 4;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(decode_event(whole.substr(0, size)).has_value(), size == border) << size;
  EXPECT_FALSE(decode_event(whole + "x"));
}

TEST(EventRecord, WrongBytesAreRefused) {
  const std::string good = encode_event(sample())[0];
  for (const auto& [at, byte] :
       {std::pair{0, 'X'}, {3, '\2'}, {4, 'F'}, {5, '\4'}, {6, '\2'}, {39, '\x41'}}) {
    std::string bad = good;
    bad[static_cast<std::size_t>(at)] = byte;
    EXPECT_FALSE(decode_event(bad)) << at;
  }
  std::string unsorted = good;
  unsorted[unsorted.size() - 16 - 12] = '\x09';  // 3, 7, 1234 becomes 9, 7, 1234
  EXPECT_FALSE(decode_event(unsorted));
  EXPECT_FALSE(decode_event(std::string(kLongestRecord + 1, 'G')));
}

TEST(EventRecord, AHugeCountAsksForNoMemory) {
  EventRecord event = sample();
  event.audiences = {{42, {}}};
  std::string bytes = encode_event(event)[0];
  bytes.replace(bytes.size() - 4, 4, "\xff\xff\xff\xff");
  EXPECT_FALSE(decode_event(bytes));
}

TEST(EventRecord, AGapIsNoEvent) {
  EXPECT_TRUE(is_gap(encode_gap()));
  EXPECT_FALSE(decode_event(encode_gap()));
  EXPECT_FALSE(is_gap(encode_event(sample())[0]));
  EXPECT_FALSE(is_gap(""));
}

}  // namespace
}  // namespace gw::push
