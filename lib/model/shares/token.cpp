#include "model/shares/token.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/crypto.hpp"
#include "core/random.hpp"
#include "model/server_secret.hpp"

namespace gw::model::shares {
namespace {

constexpr std::size_t kRandomBytes = 20;
constexpr std::size_t kRandomDigits = kRandomBytes * 2;
constexpr std::size_t kContextDigits = 8;
constexpr std::size_t kMaxContextDigits = 15;
constexpr std::string_view kPurpose = "share link";

std::string sealing_secret(sql::Connection& connection, const Settings& settings) {
  return server_secret(connection, "share_links") + settings.session.cookie_salt;
}

}  // namespace

std::string make_token(ContextId context) {
  return fmt::format("{:08x}{}", context.value, random_hex(kRandomBytes));
}

std::optional<ContextId> context_of_token(std::string_view token) {
  const bool is_hex = std::all_of(token.begin(), token.end(),
                                  [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (!is_hex || token.size() < kContextDigits + kRandomDigits ||
      token.size() > kMaxContextDigits + kRandomDigits)
    return std::nullopt;
  const std::string_view digits = token.substr(0, token.size() - kRandomDigits);
  std::int64_t context = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), context, 16);
  return context > 0 ? std::optional(ContextId(context)) : std::nullopt;
}

std::string hash_token(std::string_view token) { return to_hex(sha256(token)); }

std::string seal_token(sql::Connection& connection, const Settings& settings, std::string_view token) {
  return to_base64(seal(sealing_secret(connection, settings), kPurpose, token));
}

std::optional<std::string> unseal_token(sql::Connection& connection, const Settings& settings,
                                        std::string_view sealed) {
  const auto bytes = from_base64(sealed);
  if (!bytes) return std::nullopt;
  return unseal(sealing_secret(connection, settings), kPurpose, *bytes);
}

}  // namespace gw::model::shares
