// Password hashes: yescrypt for new ones; bcrypt, SHA-crypt and {SSHA} are verified. Through libxcrypt's
// crypt_ra.
#pragma once

#include <string>
#include <string_view>

namespace gw::session {

inline constexpr int kUsualPasswordCost = 5;

/// yescrypt hash with a fresh salt. `cost`: SessionSettings::password_cost.
/// Errors:   std::invalid_argument for a password that could never match again: over 511 bytes, or with a NUL
/// byte. Threads:  any; at most four hash at a time per process, the others wait. Cost:     with 5 some 20 to
/// 80 ms and 16 MiB on purpose.
std::string hash_password(std::string_view password, int cost = kUsualPasswordCost);
/// Constant-time comparison. false for an unknown scheme. Limits: passwords over 511 bytes or with a NUL byte
/// never match.
bool verify_password(std::string_view password, std::string_view hash);
/// Spends the same time as a real check, for unknown users.
void verify_nothing(std::string_view password, int cost = kUsualPasswordCost);
/// True when the hash has another scheme or cost than hash_password gives it: rehash after a good login.
bool needs_rehash(std::string_view hash, int cost = kUsualPasswordCost);

}  // namespace gw::session
