#include "session/multifactor/totp.hpp"

#include <fmt/format.h>

#include "core/base32.hpp"
#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::session::multifactor {
namespace {

constexpr std::int64_t kPeriod = 30'000;  ///< milliseconds
constexpr std::uint32_t kModulus = 1'000'000;
constexpr std::size_t kMaxTyped = 32;

}  // namespace

std::int64_t totp_step(Millis instant) { return instant.value / kPeriod; }

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::string counter(8, '\0');
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter[i] = static_cast<char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i) & 0xFFU);
  const std::string digest = hmac_sha1(secret, counter);
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(digest[at]));
  };
  const std::size_t start = byte(19) & 15U;
  const std::uint32_t number =
      (byte(start) & 0x7FU) << 24 | byte(start + 1) << 16 | byte(start + 2) << 8 | byte(start + 3);
  return fmt::format("{:06}", number % kModulus);
}

std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view typed, Millis now,
                                           std::int64_t last_step) {
  std::string code;
  for (const char c : typed.substr(0, kMaxTyped))
    if (c != ' ') code += c;
  const std::int64_t current = totp_step(now);
  std::optional<std::int64_t> found;
  for (const std::int64_t step : {current + 1, current, current - 1})
    if (equal_constant_time(totp_code(secret, step), code) && step > last_step) found = step;
  return found;
}

std::string totp_url(std::string_view secret, std::string_view issuer, std::string_view account) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30",
                     percent_encode(issuer), percent_encode(account), to_base32(secret));
}

}  // namespace gw::session::multifactor
