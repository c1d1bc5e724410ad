#include "mod_oxpush/engine/endpoint.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

TEST(Endpoint, TextAndValueAreInverse) {
  for (const char* text : {"192.0.2.1:44335", "[2001:db8::1]:1", "[::1]:65535", "0.0.0.0:1"})
    EXPECT_EQ(to_text(*parse_endpoint(text)), text);
  for (const char* text :
       {"192.0.2.1", "192.0.2.1:0", "192.0.2.1:65536", "[::1]", "::1:5:", "host:5", "", "[::1", "1.2.3:4"})
    EXPECT_FALSE(parse_endpoint(text)) << text;
}

TEST(Endpoint, AMappedAddressIsTheV4Address) {
  EXPECT_EQ(parse_address("::ffff:192.0.2.1"), parse_address("192.0.2.1"));
  EXPECT_FALSE(parse_address("192.0.2.1%lo"));
  EXPECT_FALSE(parse_address("fe80::1%no-such-interface"));
}

TEST(Endpoint, SocketAddressesKeepEverything) {
  for (const char* text : {"192.0.2.1:44335", "[2001:db8::1]:1"}) {
    sockaddr_storage raw{};
    EXPECT_GT(to_socket_address(*parse_endpoint(text), raw), 0u);
    EXPECT_EQ(to_text(from_socket_address(raw)), text);
  }
  EXPECT_TRUE(from_socket_address({}).address.is_none());
}

TEST(Endpoint, KindsOfAddressesAreKnown) {
  const auto address = [](const char* text) { return *parse_address(text); };
  for (const char* text : {"192.0.2.1", "2001:db8::1", "127.0.0.1"})
    EXPECT_TRUE(address(text).is_unicast()) << text;
  for (const char* text : {"0.0.0.0", "::", "224.0.0.1", "239.1.2.3", "255.255.255.255", "ff02::1"})
    EXPECT_FALSE(address(text).is_unicast()) << text;
  EXPECT_TRUE(address("127.1.2.3").is_loopback() && address("::1").is_loopback());
  EXPECT_FALSE(address("::2").is_loopback() || address("1.0.0.127").is_loopback());
}

TEST(Endpoint, HostsAndPortsAreSplit) {
  const auto split = [](const char* text) {
    const auto parts = split_host_port(text);
    return parts ? std::string(parts->host) + " " + std::to_string(parts->port) : std::string("none");
  };
  EXPECT_EQ(split("*"), "* 0");
  EXPECT_EQ(split("*:5"), "* 5");
  EXPECT_EQ(split("host:44335"), "host 44335");
  EXPECT_EQ(split("2001:db8::1"), "2001:db8::1 0");
  EXPECT_EQ(split("[2001:db8::1]:7"), "2001:db8::1 7");
  for (const char* text : {"", ":5", "host:", "host:0", "host:x", "host:65536", "[::1]x", "[::1", "[]:5"})
    EXPECT_EQ(split(text), "none") << text;
}

TEST(Network, ContainsWhatItsBitsSay) {
  const auto contains = [](const char* network, const char* address) {
    return parse_network(network)->contains(*parse_address(address));
  };
  EXPECT_TRUE(contains("192.0.2.0/24", "192.0.2.255"));
  EXPECT_FALSE(contains("192.0.2.0/24", "192.0.3.0"));
  EXPECT_TRUE(contains("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(contains("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::1")) << "families do not mix";
  EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::"));
  EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::"));
  EXPECT_TRUE(contains("192.0.2.7", "192.0.2.7"));
  for (const char* text : {"192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "::/129", "host/8", ""})
    EXPECT_FALSE(parse_network(text)) << text;
}

TEST(NetworkList, PrivateAndLocalNetworksHoldThisHost) {
  NetworkList list;
  EXPECT_FALSE(list.contains(*parse_address("10.1.2.3")));
  add_private_networks(list);
  for (const char* text : {"10.1.2.3", "192.168.1.1", "172.20.0.1", "127.0.0.1", "::1", "fd00::1"})
    EXPECT_TRUE(list.contains(*parse_address(text))) << text;
  EXPECT_FALSE(list.contains(*parse_address("203.0.113.1")));
  NetworkList local;
  add_local_networks(local);
  for (const Address& own : local_addresses()) EXPECT_TRUE(local.contains(own)) << to_text(own);
  EXPECT_FALSE(local_addresses("lo").empty());
}

}  // namespace
}  // namespace oxpush
