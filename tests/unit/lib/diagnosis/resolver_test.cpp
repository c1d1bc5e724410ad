#include "diagnosis/resolver.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace gw::diagnosis {
namespace {

using Bytes = std::vector<unsigned char>;

void put16(Bytes& bytes, int value) {
  bytes.push_back(static_cast<unsigned char>(value >> 8));
  bytes.push_back(static_cast<unsigned char>(value));
}

void put_name(Bytes& bytes, const std::string& name) {
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    bytes.push_back(static_cast<unsigned char>(end - begin));
    bytes.insert(bytes.end(), name.begin() + static_cast<std::ptrdiff_t>(begin),
                 name.begin() + static_cast<std::ptrdiff_t>(end));
    begin = end + 1;
  }
  bytes.push_back(0);
}

/// An answer with one question and one record whose name points back to it.
Bytes answer(int type, const Bytes& data) {
  Bytes bytes;
  for (const int field : {1, 0x8180, 1, 1, 0, 0}) put16(bytes, field);
  put_name(bytes, "a.test");
  put16(bytes, type);
  put16(bytes, 1);
  put16(bytes, 0xC00C);
  put16(bytes, type);
  put16(bytes, 1);
  put16(bytes, 0);
  put16(bytes, 3'600);
  put16(bytes, static_cast<int>(data.size()));
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

TEST(ResolverTest, ServiceRecordsAreRead) {
  Bytes data;
  for (const int field : {10, 5, 993}) put16(data, field);
  put_name(data, "imap.a.test");
  const auto records = parse_dns_answer(answer(33, data), RecordKind::Srv);
  ASSERT_TRUE(records);
  ASSERT_EQ(records->size(), 1U);
  EXPECT_EQ((*records)[0].value, "imap.a.test");
  EXPECT_EQ((*records)[0].priority, 10);
  EXPECT_EQ((*records)[0].weight, 5);
  EXPECT_EQ((*records)[0].port, 993);
}

TEST(ResolverTest, AddressesHostsAndTextsAreRead) {
  EXPECT_EQ(parse_dns_answer(answer(1, {192, 0, 2, 7}), RecordKind::Address4)->at(0).value, "192.0.2.7");
  Bytes exchange;
  put16(exchange, 20);
  put_name(exchange, "mx.a.test");
  EXPECT_EQ(parse_dns_answer(answer(15, exchange), RecordKind::Mx)->at(0).value, "mx.a.test");
  EXPECT_EQ(parse_dns_answer(answer(16, {3, 'a', 'b', 'c', 1, 'd'}), RecordKind::Txt)->at(0).value, "abcd");
}

TEST(ResolverTest, OtherKindsAreLeftOut) {
  EXPECT_TRUE(parse_dns_answer(answer(1, {192, 0, 2, 7}), RecordKind::Txt)->empty());
}

TEST(ResolverTest, WhatIsBrokenIsRefused) {
  EXPECT_FALSE(parse_dns_answer(Bytes{1, 2, 3}, RecordKind::Srv));
  EXPECT_FALSE(parse_dns_answer(answer(33, {0, 1, 0}), RecordKind::Srv));
  EXPECT_FALSE(parse_dns_answer(answer(1, {192, 0, 2}), RecordKind::Address4));
  // A name that points behind the message.
  EXPECT_FALSE(parse_dns_answer(answer(33, {0, 0, 0, 0, 0, 1, 0xC1, 0xFF}), RecordKind::Srv));
  Bytes cut = answer(1, {192, 0, 2, 7});
  cut.resize(cut.size() - 2);
  EXPECT_FALSE(parse_dns_answer(cut, RecordKind::Address4));
}

TEST(ResolverTest, AServerIsAnAddress) {
  EXPECT_THROW(Resolver({.server = "dns.test"}), std::invalid_argument);
  EXPECT_THROW(Resolver({.server = "127.0.0.1:0"}), std::invalid_argument);
  EXPECT_NO_THROW(Resolver({.server = "127.0.0.1:5300"}));
}

}  // namespace
}  // namespace gw::diagnosis
