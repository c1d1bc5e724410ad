#include "mailbox/drive_mail_reference.hpp"

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "model/server_secret.hpp"

namespace gw::mailbox {
namespace {

constexpr std::string_view kReferencePurpose = "Drive mail reference";
constexpr std::size_t kReferenceNumbers = 4;
constexpr std::size_t kMaxReference = 512;  ///< bytes; four numbers take less

std::string reference_secret(model::UnitOfWork& work) {
  return model::server_secret(work.connection(), "drive_mail") + work.settings().session.cookie_salt;
}

}  // namespace

std::string seal_reference(model::UnitOfWork& work, const DriveMailReference& reference) {
  return to_base64(seal(reference_secret(work), kReferencePurpose,
                        fmt::format("{}/{}/{}/{}", reference.context.value, reference.owner.value,
                                    reference.folder.value, reference.guest.value)));
}

std::optional<DriveMailReference> unseal_reference(model::UnitOfWork& work, std::string_view text) {
  if (text.size() > kMaxReference) return std::nullopt;
  const auto bytes = from_base64(text);
  const auto plain = bytes ? unseal(reference_secret(work), kReferencePurpose, *bytes) : std::nullopt;
  if (!plain) return std::nullopt;
  const auto parts = split(std::string_view(*plain), '/');
  if (parts.size() != kReferenceNumbers) return std::nullopt;
  const auto number = [&](std::size_t i) { return parse_integer(parts[i]).value_or(0); };
  return DriveMailReference{ContextId(number(0)), UserId(number(1)), FolderId(number(2)), UserId(number(3))};
}

}  // namespace gw::mailbox
