#include "mod_oxpush/engine/client_signatures.hpp"

#include <gtest/gtest.h>

#include "push/client_key.hpp"

namespace oxpush {
namespace {

using gw::push::SignKey;
using gw::push::Verdict;

constexpr std::int64_t kNowSeconds = 1'800'000'000;
const SignKey kFirst{"a", "0123456789012345678901234567890123456789"};
const SignKey kSecond{"b", "9876543210987654321098765432109876543210"};

ClientSignatures::Judgement judged(ClientSignatures& signatures, const SignKey& master, const char* nonce) {
  const std::string id = gw::push::format_key_id({kNowSeconds + 10, gw::push::session_handle("session")});
  const std::string datagram = gw::push::frame_payload(
      gw::push::sign_payload(gw::push::format_payload(gw::push::ClientRegister{3, 1}),
                             gw::push::derive_client_key(master.secret, 1, 3, id), kNowSeconds, nonce));
  const auto parsed = gw::push::parse_packet(datagram);
  return signatures.judge({3, 1}, std::get<gw::push::ParsedPacket>(parsed).signature, kNowSeconds);
}

TEST(ClientSignatures, KeysOfEveryMasterCountSoThatMastersChangeWithoutAGap) {
  ClientSignatures both(SignMode::Require, {kSecond, kFirst});
  const auto judgement = judged(both, kFirst, "0000000000000001");
  EXPECT_EQ(judgement.verdict, Verdict::Good);
  EXPECT_EQ(judgement.key.master, "a");
  EXPECT_EQ(judged(both, kFirst, "0000000000000001").verdict, Verdict::Replayed);
  EXPECT_EQ(judged(both, kSecond, "0000000000000002").key.master, "b");
  ClientSignatures later(SignMode::Require, {kSecond});
  EXPECT_EQ(judged(later, kFirst, "0000000000000003").verdict, Verdict::WrongMac);
  EXPECT_EQ(later.sign_push(42, {1, 3}, judgement.key, kNowSeconds), "42\x01") << "its master is gone";
}

TEST(ClientSignatures, EndsAreForgottenWhenTheirKeysHaveRunOut) {
  ClientSignatures signatures(SignMode::Prefer, {kFirst});
  const std::string handle = gw::push::session_handle("session");
  signatures.restore_end(handle, kNowSeconds - 1, kNowSeconds);
  signatures.restore_end("no handle", kNowSeconds + 100, kNowSeconds);
  EXPECT_EQ(judged(signatures, kFirst, "0000000000000001").verdict, Verdict::Good);
  signatures.end(handle, kNowSeconds);
  EXPECT_EQ(judged(signatures, kFirst, "0000000000000002").verdict, Verdict::UnknownKey);
  signatures.end(gw::push::session_handle("other"), kNowSeconds + 86'400);
  int count = 0;
  signatures.for_each_end([&](const std::string&, std::int64_t) { ++count; });
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace oxpush
