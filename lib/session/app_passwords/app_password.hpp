// An app password: made by this server, never chosen, shown once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "session/app_passwords/app_scope.hpp"

namespace gw::session::app_passwords {

struct AppPassword {
  std::string id;  ///< UUID
  AppScope scope = AppScope::Api;
  std::string name;  ///< the user's word for the program or device
  Millis created;
  Millis last_used;     ///< 0: never
  std::string address;  ///< of the last use
  std::string client;   ///< User-Agent of the last use
};

/// 128 random bits in base32, in groups: `abcde-fghij-…`.
std::string make_app_password();
/// As it is compared: lower case, without dashes and blanks. Errors: empty for what cannot be one, such as
/// nearly every password that somebody chose.
std::optional<std::string> fold_app_password(std::string_view typed);

/// What is stored. A fast keyed digest is right here: nobody tries out 2^128 values, however fast; slow
/// hashes are for what people choose. And programs send the password with every request.
std::string digest_app_password(std::string_view server_secret, ContextId context, UserId user,
                                std::string_view folded);

}  // namespace gw::session::app_passwords
