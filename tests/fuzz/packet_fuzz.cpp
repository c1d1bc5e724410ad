// Any bytes as a datagram of the push protocol, and as a file of keys.
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "fuzz/require.hpp"
#include "push/packet.hpp"
#include "push/signature.hpp"

namespace {

using namespace gw::push;
using gw::fuzz::require;

const SignKey kKey{"key", "0123456789012345678901234567890123456789"};
constexpr std::int64_t kNow = 1'800'000'000;

void check_keys(std::string_view text) {
  try {
    for (const SignKey& key : parse_keys(text)) require(key.secret.size() >= 32 && !key.id.empty());
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_keys(input);
  const auto parsed = parse_packet(input);
  const auto* good = std::get_if<ParsedPacket>(&parsed);
  if (good == nullptr) return 0;
  require(size <= kLongestDatagram);
  // The canonical spelling means the same, signed or not.
  const auto again = parse_packet(format_packet(good->packet));
  require(std::get<ParsedPacket>(again).packet == good->packet);
  if (size > kLongestSent) return 0;
  const std::string proof =
      frame_payload(sign_payload(format_payload(good->packet), kKey, kNow, "0011223344556677"));
  const auto proven = parse_packet(proof);
  require(std::get<ParsedPacket>(proven).packet == good->packet);
  SignatureJudge judge({kKey});
  require(judge.judge(std::get<ParsedPacket>(proven).signature, kNow) == Verdict::Good);
  require(judge.judge(good->signature, kNow) != Verdict::Good || good->signature.has_value());
  return 0;
}
