// Codes that change with the time, as authenticator apps show them. Source: RFC 6238 and RFC 4226 section
// 5.3; SHA-1, six digits and thirty seconds, because many apps know nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace gw::session::multifactor {

/// RFC 4226 section 4 recommends 160 bits.
inline constexpr std::size_t kTotpSecretBytes = 20;

/// How many whole periods of thirty seconds lie before the instant.
std::int64_t totp_step(Millis instant);

/// The code of one step, six digits.
std::string totp_code(std::string_view secret, std::int64_t step);

/// The step that a typed code (blanks do not count) is of: the current one, the one before, for slow people,
/// or the one after, for clocks that are fast. None up to `last_step`, which were used. Errors: empty when
/// the code is right for none of them. Cost: the same whether it is right or wrong.
std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view typed, Millis now,
                                           std::int64_t last_step);

/// What a QR code says to an authenticator app. Source: the key URI format of these apps.
std::string totp_url(std::string_view secret, std::string_view issuer, std::string_view account);

}  // namespace gw::session::multifactor
