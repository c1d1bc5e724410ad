#include "core/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "core/crypto.hpp"

namespace gw {

struct Digest::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  const Kind kind;
  std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};
  bool is_usable = true;
};

Digest::Digest(Kind kind) : context_(new Context{kind}) {
  const EVP_MD* algorithm = kind == Kind::Md5 ? EVP_md5() : EVP_sha256();
  expect(context_->evp != nullptr && EVP_DigestInit_ex(context_->evp.get(), algorithm, nullptr) == 1);
}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::update(std::string_view bytes) {
  if (context_->is_usable) expect(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) == 1);
}

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (context_->is_usable) expect(EVP_DigestFinal_ex(context_->evp.get(), digest.data(), &length) == 1);
  if (!context_->is_usable) return {};
  return to_hex({reinterpret_cast<const char*>(digest.data()), length});
}

void Digest::expect(bool is_done) {
  context_->is_usable = context_->is_usable && is_done;
  if (!context_->is_usable && context_->kind == Kind::Sha256) throw std::runtime_error("SHA-256 failed");
}

}  // namespace gw
