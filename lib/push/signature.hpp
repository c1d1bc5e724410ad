// Signed packets of the push protocol: five tokens that old servers ignore, checked with keys shared by the
// cluster. Source: spec udp-push section 11, "Signed packets".
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "push/packet.hpp"

namespace gw::push {

/// Bytes that sign_payload adds at most: five separators and tokens.
inline constexpr std::size_t kLongestSignature = 5 + 2 + 32 + 19 + 16 + 32;

struct SignKey {
  std::string id;
  std::string secret;
  bool operator==(const SignKey&) const = default;
};

/// Lines `ID SECRET`; blank lines and lines that begin with `#` do not count. The first key signs, all are
/// accepted: so keys change without a gap. ID: 1 to 32 of letters, digits, `.`, `-`, `_`. SECRET: at least 32
/// characters, no blank. Errors: std::invalid_argument with a text for the administrator that shows no secret
std::vector<SignKey> parse_keys(std::string_view text);

/// The payload with the five tokens behind it. `nonce` is 16 hex digits that never repeat.
std::string sign_payload(std::string_view payload, const SignKey& key, std::int64_t unix_seconds,
                         std::string_view nonce);

enum class Verdict { Good, Absent, UnknownKey, WrongTime, WrongMac, Replayed };

/// Judges signatures and remembers the nonces of good ones.
/// Threads: one at a time
class SignatureJudge {
 public:
  static constexpr std::int64_t kLargestSkew = 30;  ///< seconds
  static constexpr std::int64_t kNonceLife = 60;    ///< seconds
  /// Of nonces; above it the oldest is forgotten, as nobody without a key can add one.
  static constexpr std::size_t kMostNonces = 200'000;

  explicit SignatureJudge(std::vector<SignKey> keys) : keys_(std::move(keys)) {}
  Verdict judge(const std::optional<SignatureTokens>& signature, std::int64_t now_seconds) {
    return judge(signature, keys_, now_seconds);
  }
  /// With the keys that count for this packet. Several may have the same id.
  Verdict judge(const std::optional<SignatureTokens>& signature, std::span<const SignKey> keys,
                std::int64_t now_seconds);

 private:
  bool remember(std::uint64_t nonce, std::int64_t now);

  std::vector<SignKey> keys_;
  std::unordered_set<std::uint64_t> nonces_;
  /// By age: when to forget, and which.
  std::deque<std::pair<std::int64_t, std::uint64_t>> ages_;
};

}  // namespace gw::push
