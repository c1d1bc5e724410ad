// Digests, constant-time comparison, sealing of small secrets. Everything through OpenSSL EVP.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw {

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view hex);
std::string to_base64(std::string_view bytes);
/// White space is skipped; padding may be missing. Errors: empty on any other character.
std::optional<std::string> from_base64(std::string_view text);

/// Raw digest bytes.
std::string sha256(std::string_view data);
std::string hmac_sha256(std::string_view key, std::string_view data);
/// For the codes of authenticator apps, which know nothing else (RFC 6238); for nothing new.
std::string hmac_sha1(std::string_view key, std::string_view data);

/// Overwrites the bytes and empties the text.
void wipe(std::string& secret);

/// Time depends on the lengths only.
bool equal_constant_time(std::string_view a, std::string_view b);

/// AES-256-GCM under a key derived from `secret` by HKDF-SHA-256 with `purpose` as info. Result: nonce, text,
/// tag.
std::string seal(std::string_view secret, std::string_view purpose, std::string_view plain);
/// Errors: empty when the secret is wrong or a byte was changed.
std::optional<std::string> unseal(std::string_view secret, std::string_view purpose, std::string_view sealed);

}  // namespace gw
