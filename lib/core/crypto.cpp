#include "core/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "core/random.hpp"

namespace gw {
namespace {

constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kKeySize = 32;

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(what);
}

/// EVP_sha256() names the algorithm only: each use would look its implementation up again, which costs more
/// than the digest of a short text. Lives as long as the process.
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched != nullptr ? fetched : EVP_sha256();
}

/// The same for EVP_aes_256_gcm().
const EVP_CIPHER* aes_256_gcm_algorithm() {
  static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return fetched != nullptr ? fetched : EVP_aes_256_gcm();
}

struct MacFree {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, MacFree>;

/// The same for HMAC(), which looks up two. To be copied, which needs some key in it; never freed.
EVP_MAC_CTX* make_hmac_sha256_model() {
  EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  EVP_MAC_CTX* const context = mac != nullptr ? EVP_MAC_CTX_new(mac) : nullptr;
  EVP_MAC_free(mac);
  std::string digest = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                   OSSL_PARAM_construct_end()};
  const unsigned char key = 0;
  require(context != nullptr && EVP_MAC_init(context, &key, 1, parameters) == 1, "HMAC-SHA-256");
  return context;
}

/// HKDF with an empty salt is HMAC extract followed by one expand block (RFC 5869 section 2).
std::string derive_key(std::string_view secret, std::string_view purpose) {
  const std::string extracted = hmac_sha256(std::string(kKeySize, '\0'), secret);
  return hmac_sha256(extracted, std::string(purpose) + '\x01');
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(bytes.size() * 2, '\0');
  char* digit = out.data();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *digit++ = kDigits[byte >> 4];
    *digit++ = kDigits[byte & 15];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit(hex[i]);
    const int low = digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string to_base64(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return k < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[k])) : 0U;
    };
    const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kDigits[group >> 18 & 63];
    out += kDigits[group >> 12 & 63];
    out += i + 1 < bytes.size() ? kDigits[group >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? kDigits[group & 63] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
  };
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned group = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=') break;
    const int value = digit(c);
    if (value < 0) return std::nullopt;
    group = group << 6 | static_cast<unsigned>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(group >> bits & 0xFF);
    }
  }
  return out;
}

std::string sha256(std::string_view data) {
  std::string digest(32, '\0');
  unsigned size = 0;
  require(EVP_Digest(data.data(), data.size(), bytes_of(digest), &size, sha256_algorithm(), nullptr) == 1,
          "SHA-256");
  return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
  static EVP_MAC_CTX* const model = make_hmac_sha256_model();
  const MacContext context(EVP_MAC_CTX_dup(model));
  std::string digest(32, '\0');
  std::size_t size = 0;
  // Without a pointer the key of the model would be kept.
  const unsigned char none = 0;
  require(context &&
              EVP_MAC_init(context.get(), key.empty() ? &none : bytes_of(key), key.size(), nullptr) == 1 &&
              EVP_MAC_update(context.get(), bytes_of(data), data.size()) == 1 &&
              EVP_MAC_final(context.get(), bytes_of(digest), &size, digest.size()) == 1,
          "HMAC-SHA-256");
  return digest;
}

std::string hmac_sha1(std::string_view key, std::string_view data) {
  std::string digest(20, '\0');
  unsigned size = 0;
  require(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes_of(data), data.size(),
               bytes_of(digest), &size) != nullptr,
          "HMAC-SHA-1");
  return digest;
}

void wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(std::string_view secret, std::string_view purpose, std::string_view plain) {
  std::string key = derive_key(secret, purpose);
  std::string out = random_bytes(kNonceSize);
  out.resize(kNonceSize + plain.size() + kTagSize);
  CipherContext context(EVP_CIPHER_CTX_new());
  int length = 0;
  require(context &&
              EVP_EncryptInit_ex(context.get(), aes_256_gcm_algorithm(), nullptr, bytes_of(key),
                                 bytes_of(out)) == 1 &&
              EVP_EncryptUpdate(context.get(), bytes_of(out) + kNonceSize, &length, bytes_of(plain),
                                static_cast<int>(plain.size())) == 1 &&
              EVP_EncryptFinal_ex(context.get(), bytes_of(out) + kNonceSize + length, &length) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagSize),
                                  bytes_of(out) + kNonceSize + plain.size()) == 1,
          "AES-256-GCM");
  OPENSSL_cleanse(key.data(), key.size());
  return out;
}

std::optional<std::string> unseal(std::string_view secret, std::string_view purpose,
                                  std::string_view sealed) {
  if (sealed.size() < kNonceSize + kTagSize) return std::nullopt;
  std::string key = derive_key(secret, purpose);
  const std::size_t size = sealed.size() - kNonceSize - kTagSize;
  std::string out(size, '\0');
  std::string tag(sealed.substr(kNonceSize + size));
  CipherContext context(EVP_CIPHER_CTX_new());
  int length = 0;
  const bool ok =
      context &&
      EVP_DecryptInit_ex(context.get(), aes_256_gcm_algorithm(), nullptr, bytes_of(key), bytes_of(sealed)) ==
          1 &&
      EVP_DecryptUpdate(context.get(), bytes_of(out), &length, bytes_of(sealed) + kNonceSize,
                        static_cast<int>(size)) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagSize), tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), bytes_of(out) + length, &length) == 1;
  OPENSSL_cleanse(key.data(), key.size());
  if (!ok) return std::nullopt;
  return out;
}

}  // namespace gw
