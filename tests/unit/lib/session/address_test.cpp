#include "session/address.hpp"

#include <gtest/gtest.h>

namespace gw::session {
namespace {

TEST(Address, SameNetworkComparesLeadingBits) {
  EXPECT_TRUE(same_network("192.0.2.1", "192.0.2.200", 24, 128));
  EXPECT_FALSE(same_network("192.0.2.1", "192.0.3.1", 24, 128));
  EXPECT_FALSE(same_network("192.0.2.1", "192.0.2.2", 32, 128));
  EXPECT_TRUE(same_network("192.0.2.1", "203.0.113.9", 0, 128));
  EXPECT_TRUE(same_network("2001:db8::1", "2001:db8::ffff", 32, 64));
  EXPECT_FALSE(same_network("2001:db8::1", "2001:db8:1::1", 32, 64));
}

TEST(Address, SpellingAndMappedFormMakeNoDifference) {
  EXPECT_TRUE(same_network("2001:db8:0:0::1", "2001:DB8::1", 32, 128));
  EXPECT_TRUE(same_network("::ffff:192.0.2.1", "192.0.2.1", 32, 128));
  EXPECT_FALSE(same_network("::1", "127.0.0.1", 0, 0));
}

TEST(Address, TextThatIsNoAddressEqualsOnlyItself) {
  EXPECT_TRUE(same_network("unix", "unix", 32, 128));
  EXPECT_FALSE(same_network("unix", "192.0.2.1", 0, 0));
  EXPECT_FALSE(is_address("192.0.2"));
  EXPECT_FALSE(is_address(""));
  EXPECT_FALSE(is_address(std::string("192.0.2.1\0x", 11)));
}

TEST(Address, NetworkMembershipChecksTheBitsAndRefusesMalformedNetworks) {
  EXPECT_TRUE(is_in_network("10.1.2.3", "10.0.0.0/8"));
  EXPECT_FALSE(is_in_network("11.1.2.3", "10.0.0.0/8"));
  EXPECT_TRUE(is_in_network("10.1.2.3", "10.1.2.3"));
  EXPECT_TRUE(is_in_network("fd00::5", "fd00::/8"));
  for (const char* bad : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/", "nonsense", ""})
    EXPECT_FALSE(is_in_network("10.0.0.1", bad)) << bad;
}

TEST(Address, PlaceIsTheNetworkOfANeighbourhood) {
  EXPECT_EQ(place_of("192.0.2.1"), place_of("192.0.2.77"));
  EXPECT_NE(place_of("192.0.2.1"), place_of("192.0.3.1"));
  EXPECT_EQ(place_of("2001:db8::1"), place_of("2001:db8::2:3"));
  EXPECT_NE(place_of("2001:db8::1"), place_of("2001:db8:0:1::1"));
  EXPECT_EQ(place_of("unix"), "unix");
}

}  // namespace
}  // namespace gw::session
