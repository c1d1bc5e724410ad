#include "push/signature.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::push {
namespace {

constexpr std::size_t kLongestKeyId = 32;
constexpr std::size_t kShortestSecret = 32;
constexpr std::size_t kLongestSecret = 1024;
constexpr std::size_t kMostKeys = 16;
constexpr std::size_t kMacBytes = 16;

bool is_key_id(std::string_view id) {
  return !id.empty() && id.size() <= kLongestKeyId &&
         id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == id.npos;
}

SignKey parse_key(std::string_view line, std::size_t number) {
  const std::string where = "line " + std::to_string(number) + ": ";
  const std::size_t blank = line.find_first_of(" \t");
  const std::string_view id = line.substr(0, blank);
  if (!is_key_id(id))
    throw std::invalid_argument(where + "write ID SECRET, the id of 1 to 32 letters or digits");
  const std::string_view secret = blank == line.npos ? "" : trim(line.substr(blank));
  if (secret.size() < kShortestSecret || secret.size() > kLongestSecret ||
      secret.find_first_of(" \t") != secret.npos) {
    throw std::invalid_argument(where + "the secret must be one word of at least 32 characters");
  }
  return {std::string(id), std::string(secret)};
}

std::string mac_of(std::string_view secret, std::string_view bytes) {
  return to_hex(hmac_sha256(secret, bytes).substr(0, kMacBytes));
}

}  // namespace

std::vector<SignKey> parse_keys(std::string_view text) {
  std::vector<SignKey> keys;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    SignKey key = parse_key(line, number);
    const bool is_known =
        std::any_of(keys.begin(), keys.end(), [&](const SignKey& k) { return k.id == key.id; });
    if (is_known) throw std::invalid_argument("line " + std::to_string(number) + ": this id is used twice");
    keys.push_back(std::move(key));
    if (keys.size() > kMostKeys) throw std::invalid_argument("more than 16 keys: remove the old ones");
  }
  if (keys.empty()) throw std::invalid_argument("no key in it: write a line ID SECRET");
  return keys;
}

std::string sign_payload(std::string_view payload, const SignKey& key, std::int64_t unix_seconds,
                         std::string_view nonce) {
  const std::string seconds = std::to_string(unix_seconds);
  std::string out(payload);
  for (const std::string_view token :
       {std::string_view("h1"), std::string_view(key.id), std::string_view(seconds), nonce}) {
    out += '\x01';
    out += token;
  }
  out += '\x01';
  return out + mac_of(key.secret, out);
}

bool SignatureJudge::remember(std::uint64_t nonce, std::int64_t now) {
  while (!ages_.empty() && (ages_.front().first <= now || ages_.size() >= kMostNonces)) {
    nonces_.erase(ages_.front().second);
    ages_.pop_front();
  }
  if (!nonces_.insert(nonce).second) return false;
  ages_.emplace_back(now + kNonceLife, nonce);
  return true;
}

Verdict SignatureJudge::judge(const std::optional<SignatureTokens>& signature, std::span<const SignKey> keys,
                              std::int64_t now_seconds) {
  if (!signature) return Verdict::Absent;
  const auto is_named = [&](const SignKey& known) { return known.id == signature->key_id; };
  if (std::none_of(keys.begin(), keys.end(), is_named)) return Verdict::UnknownKey;
  if (signature->unix_seconds < now_seconds - kLargestSkew ||
      signature->unix_seconds > now_seconds + kLargestSkew)
    return Verdict::WrongTime;
  const std::string mac = to_lower_ascii(signature->mac);
  const bool is_right = std::any_of(keys.begin(), keys.end(), [&](const SignKey& known) {
    return is_named(known) && equal_constant_time(mac_of(known.secret, signature->signed_bytes), mac);
  });
  if (!is_right) return Verdict::WrongMac;
  std::uint64_t nonce = 0;
  std::from_chars(signature->nonce.data(), signature->nonce.data() + signature->nonce.size(), nonce, 16);
  return remember(nonce, now_seconds) ? Verdict::Good : Verdict::Replayed;
}

}  // namespace gw::push
