#include "mail/net/network_list.hpp"

#include <gtest/gtest.h>

using gw::mail::net::NetworkList;

TEST(NetworkList, ContainsAddressesOfItsNetworks) {
  const auto list = NetworkList::parse("10.0.0.0/8, 192.168.1.7 fd00::/8,2001:db8::1");
  ASSERT_TRUE(list);
  for (const char* inside : {"10.0.0.0", "10.255.255.255", "192.168.1.7", "fd12::1", "2001:db8::1",
                             "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "0x0a000001", "localhost", ""})
    EXPECT_TRUE(list->contains(inside)) << inside;
  for (const char* outside :
       {"11.0.0.0", "9.255.255.255", "192.168.1.8", "fc00::1", "2001:db8::2", "::ffff:11.0.0.1"})
    EXPECT_FALSE(list->contains(outside)) << outside;
}

TEST(NetworkList, EverythingAndNothing) {
  EXPECT_TRUE(NetworkList::parse("0.0.0.0/0")->contains("8.8.8.8"));
  EXPECT_FALSE(NetworkList::parse("0.0.0.0/0")->contains("2001:db8::1"));
  EXPECT_TRUE(NetworkList::parse("::/0")->contains("8.8.8.8"));
  EXPECT_FALSE(NetworkList::parse("")->contains("8.8.8.8"));
}

TEST(NetworkList, RefusesWhatItCannotRead) {
  for (const char* text :
       {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "x", "fd00::/129", "10.0.0.0/"})
    EXPECT_FALSE(NetworkList::parse(text)) << text;
}

TEST(NetworkList, KnowsTheInternalOnes) {
  const NetworkList list = NetworkList::internal();
  for (const char* inside : {"127.0.0.1", "::1", "169.254.169.254", "172.31.0.1", "fe80::1", "::", "0.0.0.0"})
    EXPECT_TRUE(list.contains(inside)) << inside;
  for (const char* outside : {"172.32.0.1", "193.0.0.1", "2a00::1"})
    EXPECT_FALSE(list.contains(outside)) << outside;
}
