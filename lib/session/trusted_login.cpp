#include "session/trusted_login.hpp"

#include <fmt/format.h>

#include "core/errors/login.hpp"
#include "core/log.hpp"
#include "core/text.hpp"

namespace gw::session {
namespace {

constexpr std::size_t kShownName = 128;

}  // namespace

std::string full_name(const TrustedName& trusted) {
  if (trusted.context.empty()) return trusted.name;
  return fmt::format("{}@{}", trusted.name.substr(0, trusted.name.rfind('@')), trusted.context);
}

LoginResult log_in_trusted(sql::Connection& connection, const Settings& settings,
                           const TrustedName& trusted) {
  const std::string name = full_name(trusted);
  auto named = find_named_user(connection, settings, name);
  if (!named) {
    log(LogLevel::Notice, "GW0393",
        fmt::format("GroupwareTrustedUser: no account for \"{}\"",
                    replace_invalid_utf8(std::string_view(name).substr(0, kShownName))));
    throw ApiError(errors::lgi::kDenied);
  }
  return load_named_user(connection, std::move(*named));
}

}  // namespace gw::session
