#include "push/packet.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core/crypto.hpp"

namespace gw::push {
namespace {

/// "1337|12|1|…" with bars for the separator.
std::string with_separators(std::string text) {
  for (char& c : text) c = c == '|' ? '\x01' : c;
  return text;
}

std::string framed(const std::string& payload) { return frame_payload(with_separators(payload)); }

std::optional<Packet> packet_of(const std::string& datagram) {
  auto parsed = parse_packet(datagram);
  if (auto* good = std::get_if<ParsedPacket>(&parsed)) return good->packet;
  return std::nullopt;
}

std::optional<PacketError> error_of(const std::string& datagram) {
  auto parsed = parse_packet(datagram);
  if (auto* error = std::get_if<PacketError>(&parsed)) return *error;
  return std::nullopt;
}

/// The test vectors of the spec, section 12.
struct Vector {
  const char* hex;
  Packet packet;
  bool is_what_we_send;
};

const Vector kVectors[] = {
    {"313333370131320131013132333401353637380"
     "1",
     ClientRegister{1234, 5678}, true},
    {"31333337013131013101313233340135363738", ClientRegister{1234, 5678}, false},
    {"31333337013335013201313233340135363738013139322e302e322e3130013430303030"
     "0166616c736501",
     RegisterSync{1234, 5678, "192.0.2.10", 40000, false}, true},
    {"31333337013334013301343201340135363738"
     "01332c372c31323334"
     "0131333235333736303030303030",
     PushSync{42, 4, 5678, {3, 7, 1234}, 1325376000000}, true},
    {"3133333701313801330131013139013536373801313233340130", PushSync{1, 19, 5678, {1234}, 0}, true},
    {"31333337013233013401"
     "6f78322e6578616d706c652e6e6574"
     "013434333335",
     HostRegister{"ox2.example.net", 44335, ""}, true},
};

TEST(Packet, TheVectorsOfTheSpecAreReadAndWritten) {
  for (const Vector& vector : kVectors) {
    const std::string bytes = from_hex(vector.hex).value();
    EXPECT_EQ(packet_of(bytes), vector.packet) << vector.hex;
    if (vector.is_what_we_send) {
      EXPECT_EQ(to_hex(format_packet(vector.packet)), vector.hex);
    }
  }
  EXPECT_EQ(to_hex(kRegisterAnswer), "4f4b01");
  EXPECT_EQ(to_hex(format_push(42)), "343201");
  EXPECT_EQ(to_hex(format_push(1)), "3101");
}

TEST(Packet, WhatTheSpecWantsDroppedIsDroppedWithItsCode) {
  const std::pair<std::string, PacketError> kCases[] = {
      {"1336|11|1|1234|5678", PacketError::WrongMagic},
      {"hello|11|1|1234|5678", PacketError::MagicNoNumber},
      {"1337|x|1|1234|5678", PacketError::LengthNoNumber},
      {"1337|-1|1|1234|5678", PacketError::LengthNoNumber},
      {"1337|9999|1|1234|5678", PacketError::Length},
      {"1337|10|1|1234|5678", PacketError::Length},  // would cut the last digit
      {"1337|6|1|1234|5678", PacketError::Length},   // a cut at a border, but more than a separator is left
      {"1337", PacketError::LengthNoNumber},
      {"1337|", PacketError::LengthNoNumber},
      {"1337|0", PacketError::Length},
      {"1337|0|", PacketError::General},
      {"1337|1|5", PacketError::UnknownAction},
      {"1337|1|0", PacketError::UnknownAction},
      {"1337|1|x", PacketError::ActionNoNumber},
      {"1337|6|1|1234", PacketError::General},
      {"1337|8|1||12|56", PacketError::General},
      {"1337|7|1||12|5", PacketError::General},
      {"1337|5|1|a|5", PacketError::User},
      {"1337|6|1|+1|5", PacketError::User},
      {"1337|5|1|1|a", PacketError::Context},
      {"1337|14|1|2147483648|5", PacketError::User},
      {"1337|15|1|00000000001|5", PacketError::User},
      {"1337|15|3|42|4|5|3,,7|0", PacketError::Users},
      {"1337|14|3|42|4|5|3,a|0", PacketError::Users},
      {"1337|10|3|x|4|5|3|0", PacketError::Length},
      {"1337|11|3|x|4|5|3|0", PacketError::Folder},
      {"1337|11|3|1|x|5|3|0", PacketError::Module},
      {"1337|11|3|1|4|x|3|0", PacketError::Context},
      {"1337|11|3|1|4|5|,|0", PacketError::Users},
      {"1337|11|3|1|4|5|3|x", PacketError::General},
      {"1337|10|4|host|0", PacketError::Length},
      {"1337|8|4|host|0", PacketError::Port},
      {"1337|12|4|host|65536", PacketError::Port},
      {"1337|9|4|ho/t|44", PacketError::General},
      {"1337|20|2|yourserver.tux|123", PacketError::User},  // the published sample of action 4
      {"1337|12|2|1234|5678|", PacketError::General},       // the published sample of action 2
      {"1337|17|2|12|56|h|70000|no", PacketError::Length},
      {"1337|18|2|12|56|h|70000|no", PacketError::Port},
      {"", PacketError::Length},
  };
  for (const auto& [text, error] : kCases) {
    std::string bytes = with_separators(text);
    EXPECT_EQ(error_of(bytes), error) << text;
  }
  EXPECT_EQ(error_of(std::string(kLongestDatagram + 1, '1')), PacketError::Length);
  EXPECT_EQ(error_of(framed("1|12\x80|5")), PacketError::General);
  EXPECT_EQ(error_of(framed("1|12\n|5")), PacketError::General);
}

TEST(Packet, BothTrailingFormsExtraTokensAndLeadingZerosAreAccepted) {
  const ClientRegister wanted{1234, 5678};
  EXPECT_EQ(packet_of(framed("1|1234|5678")), Packet(wanted));
  EXPECT_EQ(packet_of(framed("1|1234|5678|")), Packet(wanted));
  EXPECT_EQ(packet_of(framed("1|1234|5678||")), Packet(wanted));
  EXPECT_EQ(packet_of(framed("1|1234|5678|extra|tokens")), Packet(wanted));
  EXPECT_EQ(packet_of(framed("01|0001234|5678")), Packet(wanted));
  EXPECT_EQ(packet_of(with_separators("01337|011|1|1234|5678")), Packet(wanted));
  for (const char end : {'\x01', '\r', '\n', '\0'})
    EXPECT_EQ(packet_of(framed("1|1234|5678") + end), Packet(wanted)) << static_cast<int>(end);
  EXPECT_EQ(error_of(framed("1|1234|5678") + "\r\n"), PacketError::Length);
  EXPECT_EQ(error_of(framed("1|1234|5678") + "0"), PacketError::Length);
}

TEST(Packet, TheStampMayBeMissingAndTheUsersMayEndWithAComma) {
  EXPECT_EQ(packet_of(framed("3|42|4|5678|3,7,")), Packet(PushSync{42, 4, 5678, {3, 7}, 0}));
  EXPECT_EQ(packet_of(framed("3|42|4|5678|3|9223372036854775807")),
            Packet(PushSync{42, 4, 5678, {3}, std::numeric_limits<std::int64_t>::max()}));
  EXPECT_EQ(error_of(framed("3|42|4|5678|3|9223372036854775808")), PacketError::General);
}

TEST(Packet, TheInstanceTravelsBehindTheFields) {
  const HostRegister wanted{"192.0.2.1", 44335, "0123456789abcdef"};
  EXPECT_EQ(packet_of(format_packet(wanted)), Packet(wanted));
  EXPECT_EQ(packet_of(framed("4|192.0.2.1|44335|i1|short")), Packet(HostRegister{"192.0.2.1", 44335, ""}));
  const HostRegister goodbye{"192.0.2.1", 44335, "0123456789abcdef", true};
  EXPECT_EQ(packet_of(framed("4|192.0.2.1|44335|g1|0123456789abcdef")), Packet(goodbye));
  EXPECT_EQ(packet_of(format_packet(goodbye)), Packet(goodbye));
}

TEST(Packet, ManyUsersAreSplitIntoDatagramsThatPassEveryNetwork) {
  PushSync packet{42, 7, 5678, {}, 1325376000000};
  for (std::int32_t user = 1; user <= 5'000; ++user) packet.users.push_back(user * 400'000);
  const auto parts = split_users(packet, 100);
  std::vector<std::int32_t> joined;
  for (const PushSync& part : parts) {
    EXPECT_LE(format_packet(part).size(), kLongestSent - 100);
    joined.insert(joined.end(), part.users.begin(), part.users.end());
  }
  EXPECT_EQ(joined, packet.users);
  EXPECT_LT(parts.size(), 60u) << "datagrams must be filled";
  EXPECT_TRUE(split_users(PushSync{42, 7, 5678, {}, 0}, 0).empty()) << "an empty list cannot be sent";
}

TEST(Packet, AsManyUsersAsADatagramHoldsAreRead) {
  std::string users = "1";
  for (int i = 0; i < 950; ++i) users += ",1";
  const auto packet = packet_of(framed("3|42|4|5678|" + users));
  ASSERT_TRUE(packet);
  EXPECT_EQ(std::get<PushSync>(*packet).users.size(), 951u);
}

}  // namespace
}  // namespace gw::push
