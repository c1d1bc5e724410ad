#include "mod_oxpush/engine/peers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "mod_oxpush/engine/rate_table.hpp"

namespace oxpush {
namespace {

using Heard = Peers::Heard;

constexpr milliseconds kLife{1'000};
constexpr milliseconds kSilence{300};

Endpoint endpoint(const char* text) { return *parse_endpoint(text); }
milliseconds after(std::int64_t ms) { return milliseconds{ms}; }

TEST(Peers, AnAnnouncementMakesAPeerAndItsSilenceEndsIt) {
  Peers peers(4, kLife);
  const Endpoint one = endpoint("192.0.2.1:44335");
  EXPECT_EQ(peers.hear(one, "", after(0), kSilence), Heard::New);
  EXPECT_EQ(peers.hear(one, "", after(300), kSilence), Heard::Known);
  EXPECT_EQ(peers.hear(one, "", after(601), kSilence), Heard::Back);
  EXPECT_TRUE(peers.knows(one.address));
  EXPECT_FALSE(peers.knows(*parse_address("192.0.2.2")));
  peers.sweep(after(1'600));
  EXPECT_EQ(peers.size(), 1u);
  peers.sweep(after(1'601));
  EXPECT_EQ(peers.size(), 0u);
}

TEST(Peers, StaticOnesNeverEnd) {
  Peers peers(4, kLife);
  peers.add_static(endpoint("192.0.2.1:44335"));
  peers.sweep(after(1'000'000'000));
  EXPECT_FALSE(peers.note_unreachable(endpoint("192.0.2.1:44335")));
  EXPECT_FALSE(peers.note_unreachable(endpoint("192.0.2.1:44335")));
  EXPECT_EQ(peers.targets(), std::vector{endpoint("192.0.2.1:44335")});
  EXPECT_TRUE(peers.is_static(*parse_address("192.0.2.1")));
}

TEST(Peers, AHostWithSeveralAddressesIsOneTarget) {
  Peers peers(8, kLife);
  peers.hear(endpoint("192.0.2.1:44335"), "00112233445566aa", after(0), kSilence);
  peers.hear(endpoint("[2001:db8::1]:44335"), "00112233445566aa", after(10), kSilence);
  peers.hear(endpoint("192.0.2.2:44335"), "", after(0), kSilence);
  const auto targets = peers.targets();
  ASSERT_EQ(targets.size(), 2u);
  EXPECT_EQ(std::count(targets.begin(), targets.end(), endpoint("[2001:db8::1]:44335")), 1);
  peers.hear(endpoint("192.0.2.1:44335"), "00112233445566aa", after(20), kSilence);
  const auto later = peers.targets();
  EXPECT_EQ(std::count(later.begin(), later.end(), endpoint("[2001:db8::1]:44335")), 0);
}

TEST(Peers, TooManyAreRefused) {
  Peers peers(1, kLife);
  EXPECT_EQ(peers.hear(endpoint("192.0.2.1:1"), "", after(0), kSilence), Heard::New);
  EXPECT_EQ(peers.hear(endpoint("192.0.2.2:1"), "", after(0), kSilence), Heard::Refused);
  EXPECT_EQ(peers.hear(endpoint("192.0.2.1:1"), "", after(0), kSilence), Heard::Known);
}

TEST(Peers, TwoComplaintsRemoveOneAndItsAnnouncementBringsItBack) {
  Peers peers(4, kLife);
  const Endpoint one = endpoint("192.0.2.1:1");
  peers.hear(one, "", after(0), kSilence);
  EXPECT_FALSE(peers.note_unreachable(one));
  peers.hear(one, "", after(1), kSilence);
  EXPECT_FALSE(peers.note_unreachable(one));
  EXPECT_TRUE(peers.note_unreachable(one));
  EXPECT_EQ(peers.hear(one, "", after(2), kSilence), Heard::New);
}

TEST(RateTable, CountsEachAddressInItsWindow) {
  RateTable table(2, milliseconds{100});
  const Address one = *parse_address("192.0.2.1");
  const Address two = *parse_address("192.0.2.2");
  EXPECT_TRUE(table.allow(one, after(0)));
  EXPECT_TRUE(table.allow(one, after(50)));
  EXPECT_FALSE(table.allow(one, after(99)));
  EXPECT_TRUE(table.allow(two, after(99)));
  EXPECT_TRUE(table.allow(one, after(100)));
}

TEST(RateTable, StrangersBeyondTheLimitAreRefusedAndKnownOnesNot) {
  RateTable table(1'000, milliseconds{100});
  Address address = *parse_address("10.0.0.0");
  const Address first = address;
  for (std::size_t i = 0; i < RateTable::kMostAddresses; ++i) {
    address.bytes[2] = static_cast<std::uint8_t>(i >> 8);
    address.bytes[3] = static_cast<std::uint8_t>(i);
    ASSERT_TRUE(table.allow(address, after(0)));
  }
  EXPECT_FALSE(table.allow(*parse_address("192.0.2.1"), after(0)));
  EXPECT_TRUE(table.allow(first, after(0)));
}

}  // namespace
}  // namespace oxpush
