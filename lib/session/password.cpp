#include "session/password.hpp"

#include <crypt.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <semaphore>
#include <stdexcept>

#include "core/crypto.hpp"

namespace gw::session {
namespace {

/// What crypt(3) takes: its limit counts the closing NUL.
constexpr std::size_t kMaxPassword = CRYPT_MAX_PASSPHRASE_SIZE - 1;
/// A salt nobody's hash has.
constexpr std::string_view kNobodySalt = "131mvHOHZPaH0fsdSCuGl/";
constexpr std::array<std::string_view, 6> kCryptSchemes{"$y$", "$2a$", "$2b$", "$2y$", "$5$", "$6$"};
constexpr std::size_t kSha1Size = 20;

/// Every hash takes 16 MiB: a flood of logins must not take that times the number of threads.
std::counting_semaphore<>& hashing_slots() {
  static std::counting_semaphore<> slots{4};
  return slots;
}

class HashingSlot {
 public:
  HashingSlot() { hashing_slots().acquire(); }
  ~HashingSlot() { hashing_slots().release(); }
  HashingSlot(const HashingSlot&) = delete;
  HashingSlot& operator=(const HashingSlot&) = delete;
};

struct FreeMemory {
  void operator()(char* text) const { std::free(text); }
};

/// With a fresh salt, as `$y$<parameters>$<salt>`.
std::string new_setting(int cost) {
  const std::unique_ptr<char, FreeMemory> setting(
      crypt_gensalt_ra("$y$", static_cast<unsigned long>(cost), nullptr, 0));
  if (!setting) throw std::runtime_error("crypt_gensalt_ra failed");
  return setting.get();
}

/// `$y$<parameters>$`: what every setting of that cost begins with.
std::string scheme_of(int cost) {
  std::string setting = new_setting(cost);
  setting.resize(setting.rfind('$') + 1);
  return setting;
}

bool is_hashable(std::string_view password) {
  return password.size() <= kMaxPassword && password.find('\0') == std::string_view::npos;
}

/// Empty when libxcrypt refuses the setting.
std::optional<std::string> run_crypt(std::string_view password, const char* setting) {
  const HashingSlot slot;
  std::string phrase(password);
  void* memory = nullptr;
  int size = 0;
  const char* hash = crypt_ra(phrase.c_str(), setting, &memory, &size);
  std::optional<std::string> result;
  if (hash != nullptr && hash[0] != '*') result = hash;
  if (memory != nullptr) OPENSSL_cleanse(memory, static_cast<std::size_t>(size));
  std::free(memory);
  OPENSSL_cleanse(phrase.data(), phrase.size());
  return result;
}

bool verify_crypt(std::string_view password, std::string_view hash) {
  const std::string setting(hash);
  const auto computed = run_crypt(password, setting.c_str());
  return computed && equal_constant_time(*computed, hash);
}

/// {SSHA} is base64 of SHA-1(password, salt) and the salt; {SHA} has no salt. Source: RFC 2307 and its usual
/// extension.
bool verify_sha1(std::string_view password, std::string_view encoded, bool salted) {
  const auto bytes = from_base64(encoded);
  if (!bytes || bytes->size() < kSha1Size || (bytes->size() > kSha1Size) != salted) return false;
  std::string input(password);
  input.append(*bytes, kSha1Size);
  std::string digest(kSha1Size, '\0');
  SHA1(reinterpret_cast<const unsigned char*>(input.data()), input.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  OPENSSL_cleanse(input.data(), input.size());
  return equal_constant_time(digest, std::string_view(*bytes).substr(0, kSha1Size));
}

}  // namespace

std::string hash_password(std::string_view password, int cost) {
  if (!is_hashable(password)) throw std::invalid_argument("password too long or with a NUL byte");
  auto hash = run_crypt(password, new_setting(cost).c_str());
  if (!hash) throw std::runtime_error("crypt_ra failed");
  return std::move(*hash);
}

bool verify_password(std::string_view password, std::string_view hash) {
  if (!is_hashable(password)) return false;
  if (hash.starts_with("{SSHA}")) return verify_sha1(password, hash.substr(6), true);
  if (hash.starts_with("{SHA}")) return verify_sha1(password, hash.substr(5), false);
  for (const std::string_view scheme : kCryptSchemes)
    if (hash.starts_with(scheme)) return verify_crypt(password, hash);
  return false;
}

void verify_nothing(std::string_view password, int cost) {
  const std::string setting = scheme_of(cost).append(kNobodySalt);
  run_crypt(is_hashable(password) ? password : std::string_view(), setting.c_str());
}

bool needs_rehash(std::string_view hash, int cost) { return !hash.starts_with(scheme_of(cost)); }

}  // namespace gw::session
