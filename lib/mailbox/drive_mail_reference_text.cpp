// The header's text itself: a parser of what strangers send, without a database.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "mailbox/drive_mail_reference.hpp"

namespace gw::mailbox {
namespace {

constexpr std::string_view kReferencePurpose = "Drive mail reference";
constexpr std::size_t kMaxReference = 512;  ///< bytes; four numbers take less

}  // namespace

std::string format_reference(const DriveMailReference& reference) {
  return fmt::format("{}/{}/{}/{}", reference.context.value, reference.owner.value, reference.folder.value,
                     reference.guest.value);
}

std::optional<DriveMailReference> parse_reference(std::string_view plain) {
  std::array<std::int64_t, 4> numbers{};
  const auto parts = split(plain, '/');
  if (parts.size() != numbers.size()) return std::nullopt;
  std::transform(parts.begin(), parts.end(), numbers.begin(),
                 [](std::string_view part) { return parse_integer(part).value_or(0); });
  if (*std::min_element(numbers.begin(), numbers.end()) <= 0) return std::nullopt;
  return DriveMailReference{ContextId(numbers[0]), UserId(numbers[1]), FolderId(numbers[2]),
                            UserId(numbers[3])};
}

std::string seal_reference(std::string_view secret, const DriveMailReference& reference) {
  return to_base64(seal(secret, kReferencePurpose, format_reference(reference)));
}

std::optional<DriveMailReference> unseal_reference(std::string_view secret, std::string_view text) {
  if (text.size() > kMaxReference) return std::nullopt;
  const auto bytes = from_base64(text);
  const auto plain = bytes ? unseal(secret, kReferencePurpose, *bytes) : std::nullopt;
  return plain ? parse_reference(*plain) : std::nullopt;
}

}  // namespace gw::mailbox
