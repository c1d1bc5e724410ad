// What a client sends as the reference of a Drive mail (resolve_share_reference), and the plain text inside
// of one, had somebody the secret.
#include <cstdint>
#include <string>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mailbox/drive_mail_reference.hpp"

namespace {

using namespace gw;
using namespace gw::mailbox;
using fuzz::require;

constexpr std::string_view kSecret = "a secret of the server";

void check_plain(std::string_view text) {
  const auto reference = parse_reference(text);
  if (!reference) return;
  require(reference->context.value > 0 && reference->owner.value > 0 && reference->folder.value > 0 &&
          reference->guest.value > 0);
  require(parse_reference(format_reference(*reference)) == reference);
  const std::string sealed = seal_reference(kSecret, *reference);
  require(unseal_reference(kSecret, sealed) == reference);
  require(!unseal_reference("another", sealed));
}

/// One byte of a good reference becomes another, as the input says: it is good no more.
void check_forged(std::string_view text) {
  if (text.size() < 2) return;
  const std::string sealed =
      seal_reference(kSecret, {ContextId(1), UserId(3), FolderId(77), UserId(INT64_MAX)});
  std::string forged = sealed;
  forged[static_cast<unsigned char>(text[0]) % forged.size()] = text[1];
  // The last letter has bits that mean nothing.
  if (from_base64(forged) == from_base64(sealed)) return;
  require(!unseal_reference(kSecret, forged));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  require(!unseal_reference(kSecret, input));
  check_plain(input);
  check_forged(input);
  return 0;
}
