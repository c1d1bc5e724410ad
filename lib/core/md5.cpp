#include "core/md5.hpp"

#include <openssl/evp.h>

#include <array>

#include "core/crypto.hpp"

namespace gw {
struct Md5::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};
  bool is_usable = false;
};

Md5::Md5() : context_(std::make_unique<Context>()) {
  context_->is_usable =
      context_->evp != nullptr && EVP_DigestInit_ex(context_->evp.get(), EVP_md5(), nullptr) == 1;
}
Md5::~Md5() = default;
Md5::Md5(Md5&&) noexcept = default;
Md5& Md5::operator=(Md5&&) noexcept = default;

void Md5::update(std::string_view bytes) {
  if (context_->is_usable)
    context_->is_usable = EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) == 1;
}

std::string Md5::finish() {
  if (!context_->is_usable) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_DigestFinal_ex(context_->evp.get(), digest.data(), &length) != 1) return {};
  return to_hex({reinterpret_cast<const char*>(digest.data()), length});
}

}  // namespace gw
