// The first line is the path behind a share's token, the second a permission entry in JSON that may invite
// somebody.
#include <cstdint>
#include <string>

#include "core/json.hpp"
#include "fuzz/require.hpp"
#include "model/shares/invitation.hpp"
#include "model/shares/target.hpp"

namespace {

using namespace gw;
using namespace gw::model::shares;
using fuzz::is_taken;
using fuzz::require;

void check_target(std::string_view path) {
  const auto target = parse_target(path);
  if (!target) return;
  require(target->folder.value > 0 && target->item.value >= 0);
  require(parse_target(format_target(*target)) == target);
}

void check_invitation(const Json& entry) {
  is_taken({"SVL-0010"}, [&] {
    const auto invitation = parse_invitation(entry);
    if (!invitation) return;
    require(invitation->expires.value >= 0 && !invitation->password_hash);
    require(!invitation->password || (invitation->is_link && !invitation->password->empty()));
    require(invitation->is_link ? invitation->mail.empty() : invitation->expires.value == 0);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  check_target(input.substr(0, end));
  if (const auto entry = Json::parse(input.substr(std::min(end + 1, input.size())))) check_invitation(*entry);
  return 0;
}
