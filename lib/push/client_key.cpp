#include "push/client_key.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/crypto.hpp"

namespace gw::push {
namespace {

constexpr std::size_t kHandleDigits = 24;
constexpr std::size_t kExpiryDigits = 8;

}  // namespace

std::string session_handle(std::string_view session_id) {
  return to_hex(sha256("push-session:" + std::string(session_id))).substr(0, kHandleDigits);
}

bool is_session_handle(std::string_view text) noexcept {
  return text.size() == kHandleDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::string format_key_id(const ClientKeyId& id) {
  return fmt::format("{:08x}{}", static_cast<std::uint32_t>(id.expires), id.handle);
}

std::optional<ClientKeyId> parse_key_id(std::string_view text) {
  if (text.size() != kExpiryDigits + kHandleDigits || !is_session_handle(text.substr(kExpiryDigits)))
    return std::nullopt;
  std::uint32_t expires = 0;
  const char* const end = text.data() + kExpiryDigits;
  if (std::from_chars(text.data(), end, expires, 16).ptr != end) return std::nullopt;
  return ClientKeyId{expires, std::string(text.substr(kExpiryDigits))};
}

SignKey derive_client_key(std::string_view master, std::int64_t context, std::int64_t user,
                          std::string_view key_id) {
  return {std::string(key_id), hmac_sha256(master, fmt::format("push:{}:{}:{}", context, user, key_id))};
}

}  // namespace gw::push
