#include "mod_oxpush/engine/registrations.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

Client client(const char* endpoint, std::int64_t expires = 1'000) {
  return {.endpoint = *parse_endpoint(endpoint), .expires = milliseconds{expires}};
}

constexpr ClientKey kAnna{1, 3};
constexpr ClientKey kBert{1, 4};

TEST(Registrations, TheOldestEndpointOfAUserYields) {
  Registrations registrations(Limits{.clients_per_user = 2});
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:1", 100)));
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:2", 200)));
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:1", 300)));  // refreshed: now the younger one
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:3", 400)));
  ASSERT_EQ(registrations.find(kAnna)->size(), 2u);
  for (const Client& kept : *registrations.find(kAnna)) EXPECT_NE(kept.endpoint.port, 2);
  EXPECT_EQ(registrations.size(), 2u);
}

TEST(Registrations, LimitsOfOneAddressAndOfAllRefuse) {
  Registrations registrations(Limits{.clients = 3, .clients_per_address = 2});
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:1")));
  EXPECT_TRUE(registrations.add(kBert, client("192.0.2.1:2")));
  EXPECT_FALSE(registrations.add(kBert, client("192.0.2.1:3")));
  EXPECT_TRUE(registrations.add(kBert, client("192.0.2.2:1")));
  EXPECT_FALSE(registrations.add(kBert, client("192.0.2.3:1")));
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:1"))) << "a known one is always refreshed";
}

TEST(Registrations, WhatIsOverIsSweptAndFreesItsPlace) {
  Registrations registrations(Limits{.clients_per_address = 1});
  EXPECT_TRUE(registrations.add(kAnna, client("192.0.2.1:1", 100)));
  registrations.sweep(milliseconds{99});
  EXPECT_EQ(registrations.size(), 1u);
  registrations.sweep(milliseconds{100});
  EXPECT_EQ(registrations.size(), 0u);
  EXPECT_EQ(registrations.find(kAnna), nullptr);
  EXPECT_TRUE(registrations.add(kBert, client("192.0.2.1:2")));
}

TEST(Registrations, TheSecondComplaintRemovesEveryUserOfTheEndpoint) {
  Registrations registrations(Limits{});
  registrations.add(kAnna, client("192.0.2.1:1"));
  registrations.add(kBert, client("192.0.2.1:1"));
  registrations.add(kBert, client("192.0.2.1:2"));
  EXPECT_EQ(registrations.note_unreachable(*parse_endpoint("192.0.2.9:1")), 0u);
  EXPECT_EQ(registrations.note_unreachable(*parse_endpoint("192.0.2.1:1")), 0u);
  registrations.add(kAnna, client("192.0.2.1:1"));  // it lives: the count begins anew
  EXPECT_EQ(registrations.note_unreachable(*parse_endpoint("192.0.2.1:1")), 1u);
  EXPECT_EQ(registrations.note_unreachable(*parse_endpoint("192.0.2.1:1")), 1u);
  EXPECT_EQ(registrations.size(), 1u);
  EXPECT_EQ(registrations.find(kBert)->front().endpoint.port, 2);
}

}  // namespace
}  // namespace oxpush
