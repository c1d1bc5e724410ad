#include "session/app_passwords/app_password.hpp"

#include <fmt/format.h>

#include "core/base32.hpp"
#include "core/crypto.hpp"
#include "core/random.hpp"
#include "core/text.hpp"

namespace gw::session::app_passwords {
namespace {

constexpr std::size_t kPasswordBytes = 16;
constexpr std::size_t kPasswordLength = 26;  ///< of 16 bytes in base32
constexpr std::size_t kGroup = 5;

}  // namespace

std::string make_app_password() {
  const std::string text = to_lower_ascii(to_base32(random_bytes(kPasswordBytes)));
  std::string grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // The last group has six.
    if (i > 0 && i % kGroup == 0 && i + 1 < text.size()) grouped += '-';
    grouped += text[i];
  }
  return grouped;
}

std::optional<std::string> fold_app_password(std::string_view typed) {
  return fold_base32(typed, kPasswordLength);
}

std::string digest_app_password(std::string_view server_secret, ContextId context, UserId user,
                                std::string_view folded) {
  return to_hex(
      hmac_sha256(server_secret, fmt::format("app password {}/{}/{}", context.value, user.value, folded)));
}

}  // namespace gw::session::app_passwords
