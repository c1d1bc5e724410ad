#include "push/signature.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "core/crypto.hpp"

namespace gw::push {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;
const SignKey kKey{"2026a", "0123456789012345678901234567890123456789"};
const SignKey kOther{"2026b", "9876543210987654321098765432109876543210"};

std::string signed_packet(const Packet& packet, const SignKey& key, std::int64_t seconds = kNow,
                          std::string_view nonce = "0011223344556677") {
  return frame_payload(sign_payload(format_payload(packet), key, seconds, nonce));
}

Verdict judged(SignatureJudge& judge, const std::string& datagram, std::int64_t now = kNow) {
  const auto parsed = parse_packet(datagram);
  const auto* good = std::get_if<ParsedPacket>(&parsed);
  if (good == nullptr) throw std::runtime_error("no packet");
  return judge.judge(good->signature, now);
}

const Packet kPackets[] = {ClientRegister{1, 2}, RegisterSync{1, 2, "192.0.2.10", 40000, false},
                           PushSync{42, 4, 5678, {3, 7}, 0}, HostRegister{"192.0.2.1", 44335, ""},
                           HostRegister{"192.0.2.1", 44335, "0123456789abcdef"}};

TEST(Signature, EveryActionIsSignedAndStillReadByServersThatDoNotKnowIt) {
  for (const Packet& packet : kPackets) {
    SignatureJudge judge({kKey});
    const std::string datagram = signed_packet(packet, kKey);
    EXPECT_EQ(std::get<ParsedPacket>(parse_packet(datagram)).packet, packet);
    EXPECT_EQ(judged(judge, datagram), Verdict::Good);
    EXPECT_LE(datagram.size(), format_packet(packet).size() + kLongestSignature + 2);
  }
}

/// The mac covers all bytes before its own token, as the spec wants: computed here by hand.
TEST(Signature, TheTokensAreTheSpecs) {
  const std::string before = std::string("4\x01") + "192.0.2.1\x01" + "44335\x01" + "h1\x01" + "2026a\x01" +
                             "1800000000\x01" + "0011223344556677\x01";
  EXPECT_EQ(sign_payload(format_payload(kPackets[3]), kKey, kNow, "0011223344556677"),
            before + to_hex(hmac_sha256(kKey.secret, before)).substr(0, 32));
}

TEST(Signature, AnyChangedByteIsFound) {
  const std::string good = signed_packet(kPackets[2], kKey);
  for (std::size_t i = 8; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == '1' ? '2' : '1';
    SignatureJudge judge({kKey});
    const auto parsed = parse_packet(bad);
    const auto* packet = std::get_if<ParsedPacket>(&parsed);
    EXPECT_TRUE(packet == nullptr || judge.judge(packet->signature, kNow) != Verdict::Good) << i;
  }
}

TEST(Signature, OldAndFutureAndRepeatedOnesAreRefused) {
  SignatureJudge judge({kKey});
  EXPECT_EQ(judged(judge, signed_packet(kPackets[0], kKey, kNow - 31)), Verdict::WrongTime);
  EXPECT_EQ(judged(judge, signed_packet(kPackets[0], kKey, kNow + 31)), Verdict::WrongTime);
  const std::string datagram = signed_packet(kPackets[0], kKey, kNow - 30);
  EXPECT_EQ(judged(judge, datagram), Verdict::Good);
  EXPECT_EQ(judged(judge, datagram), Verdict::Replayed);
  EXPECT_EQ(judged(judge, signed_packet(kPackets[1], kKey)), Verdict::Replayed)
      << "the nonce counts, not the packet";
  EXPECT_EQ(judged(judge, signed_packet(kPackets[1], kKey, kNow + 60), kNow + 60), Verdict::Good);
}

TEST(Signature, AWrongMacDoesNotUseUpItsNonce) {
  SignatureJudge judge({kKey});
  EXPECT_EQ(judged(judge, signed_packet(kPackets[0], SignKey{kKey.id, kOther.secret})), Verdict::WrongMac);
  EXPECT_EQ(judged(judge, signed_packet(kPackets[0], kKey)), Verdict::Good);
}

TEST(Signature, UnknownKeysAndUnsignedPacketsAreTold) {
  SignatureJudge judge({kKey});
  EXPECT_EQ(judged(judge, signed_packet(kPackets[0], kOther)), Verdict::UnknownKey);
  EXPECT_EQ(judged(judge, format_packet(kPackets[0])), Verdict::Absent);
  EXPECT_EQ(SignatureJudge({}).judge(std::nullopt, kNow), Verdict::Absent);
}

TEST(Signature, TheSecondKeyIsAcceptedToo) {
  SignatureJudge judge({kKey, kOther});
  EXPECT_EQ(judged(judge, signed_packet(kPackets[0], kOther)), Verdict::Good);
}

TEST(Signature, NoncesAreForgottenAboveTheLimitAndTheOldestFirst) {
  SignatureJudge judge({kKey});
  const std::string first = signed_packet(kPackets[0], kKey);
  ASSERT_EQ(judged(judge, first), Verdict::Good);
  for (std::size_t i = 0; i < SignatureJudge::kMostNonces; ++i) {
    const std::string nonce = std::to_string(1'000'000'000'000'000 + static_cast<std::int64_t>(i));
    ASSERT_EQ(judged(judge, signed_packet(kPackets[0], kKey, kNow, nonce)), Verdict::Good);
  }
  EXPECT_EQ(judged(judge, first), Verdict::Good);
}

TEST(Keys, AFileGivesTheKeysInItsOrder) {
  EXPECT_EQ(parse_keys("# of the cluster\n\n" + kOther.id + "  " + kOther.secret + "\n" + kKey.id + "\t" +
                       kKey.secret),
            (std::vector<SignKey>{kOther, kKey}));
}

TEST(Keys, WrongFilesNameTheLineAndShowNoSecret) {
  for (const auto& [text, wanted] : std::initializer_list<std::pair<std::string, std::string>>{
           {"", "no key in it"},
           {"#\nid", "line 2: the secret must be one word of at least 32 characters"},
           {"id short", "line 1: the secret"},
           {"id 0123456789012345678901234567890123456789 more", "line 1: the secret"},
           {"i/d 0123456789012345678901234567890123456789", "line 1: write ID SECRET"},
           {"a 0123456789012345678901234567890123456789\na 0123456789012345678901234567890123456789",
            "line 2: this id is used twice"}}) {
    try {
      parse_keys(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(wanted), std::string::npos) << error.what();
      EXPECT_EQ(std::string(error.what()).find("0123456789"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace gw::push
