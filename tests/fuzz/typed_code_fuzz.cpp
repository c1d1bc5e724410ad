// Any bytes as a code of an authenticator app, and as an app password.
#include <cstdint>
#include <string>

#include "core/base32.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "session/app_passwords/app_password.hpp"
#include "session/multifactor/totp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  using namespace gw::session;
  using fuzz::require;
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kSecret = "12345678901234567890";
  constexpr Millis kNow{59'000};
  if (const auto step = multifactor::find_totp_step(kSecret, typed, kNow, 0)) {
    require(*step >= 1 && *step <= 2);
    require(typed.find(multifactor::totp_code(kSecret, *step).substr(0, 1)) != std::string_view::npos);
    require(!multifactor::find_totp_step(kSecret, typed, kNow, 2));
  }
  if (const auto folded = app_passwords::fold_app_password(typed)) {
    require(folded->size() == 26 && to_lower_ascii(*folded) == *folded);
    require(app_passwords::fold_app_password(*folded) == folded);
    require(app_passwords::fold_app_password(to_upper_ascii(*folded)) == folded);
  }
  const std::string text = to_base32(typed);
  require(text.size() == (size * 8 + 4) / 5);
  require(fold_base32(text, text.size()) == to_lower_ascii(text) || text.empty());
  return 0;
}
