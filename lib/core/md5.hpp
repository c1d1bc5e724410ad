// MD5 in pieces, for the checksums that the file API tells. Not for anything that must resist an attacker.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace gw {

/// Threads: one.
class Md5 {
 public:
  Md5();
  ~Md5();
  Md5(Md5&&) noexcept;
  Md5& operator=(Md5&&) noexcept;
  void update(std::string_view bytes);
  /// 32 hex digits; once. Errors: empty where the system's policy forbids MD5.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace gw
