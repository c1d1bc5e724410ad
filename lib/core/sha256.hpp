// SHA-256 in pieces, for bytes that are not in memory at once. core/crypto.hpp has it for one text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace gw {

/// Threads: one.
class Sha256 {
 public:
  /// Errors: std::runtime_error where OpenSSL has no SHA-256.
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  /// 64 hex digits; once.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace gw
