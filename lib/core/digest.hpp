// Digests in pieces, for what is too large to be held. Of a text at hand: core/crypto.hpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace gw {

/// Threads: one.
class Digest {
 public:
  enum class Kind { Md5, Sha256 };
  /// Errors: std::runtime_error where OpenSSL has no SHA-256.
  explicit Digest(Kind kind);
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  void update(std::string_view bytes);
  /// Lower-case hex digits; once. Empty for MD5 where the system's policy forbids it.
  std::string finish();

 private:
  struct Context;
  void expect(bool is_done);
  std::unique_ptr<Context> context_;
};

/// For the checksums that the file API tells. Not for anything that must resist an attacker.
struct Md5 : Digest {
  Md5() : Digest(Kind::Md5) {}
};

struct Sha256 : Digest {
  Sha256() : Digest(Kind::Sha256) {}
};

}  // namespace gw
