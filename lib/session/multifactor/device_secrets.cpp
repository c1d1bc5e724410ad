#include "session/multifactor/device_secrets.hpp"

#include <fmt/format.h>

#include "core/base32.hpp"
#include "core/crypto.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/server_secret.hpp"

namespace gw::session::multifactor {
namespace {

constexpr std::string_view kSecretName = "multifactor";
constexpr std::size_t kBackupCodeBytes = kBackupCodeLength * 5 / 8;

std::string device_purpose(const Owner& owner, std::string_view device) {
  return fmt::format("second factor {}/{}/{}", owner.context.value, owner.user.value, device);
}

}  // namespace

std::string load_multifactor_secret(sql::Connection& connection) {
  return model::server_secret(connection, kSecretName);
}

std::string seal_device_secret(std::string_view server_secret, const Owner& owner, std::string_view device,
                               std::string_view plain) {
  return to_base64(seal(server_secret, device_purpose(owner, device), plain));
}

std::optional<std::string> open_device_secret(std::string_view server_secret, const Owner& owner,
                                              const Device& device) {
  const auto sealed = from_base64(device.sealed_secret);
  return sealed ? unseal(server_secret, device_purpose(owner, device.id), *sealed) : std::nullopt;
}

std::vector<std::string> make_backup_codes() {
  std::vector<std::string> codes;
  while (codes.size() < kBackupCodeCount)
    codes.push_back(to_lower_ascii(to_base32(random_bytes(kBackupCodeBytes))));
  return codes;
}

std::string digest_backup_code(std::string_view server_secret, const Owner& owner, std::string_view typed) {
  const auto code = fold_base32(typed, kBackupCodeLength);
  if (!code) return {};
  return to_hex(hmac_sha256(
      server_secret, fmt::format("backup code {}/{}/{}", owner.context.value, owner.user.value, *code)));
}

}  // namespace gw::session::multifactor
