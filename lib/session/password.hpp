// Password hashes: yescrypt for new ones; bcrypt, SHA-crypt and {SSHA} are verified. Through libxcrypt's crypt_ra.
#pragma once

#include <string>
#include <string_view>

namespace gw::session {

/// yescrypt hash with a fresh salt. Cost: about 20 ms and 4 MiB on purpose. Threads: any.
std::string hash_password(std::string_view password);
/// Constant-time comparison. false for an unknown scheme. Limits: passwords over 512 bytes never match.
bool verify_password(std::string_view password, std::string_view hash);
/// Spends the same time as a real check, for unknown users.
void verify_nothing(std::string_view password);
/// True when the hash uses an older scheme than hash_password makes: rehash after a good login.
bool needs_rehash(std::string_view hash);

}  // namespace gw::session
