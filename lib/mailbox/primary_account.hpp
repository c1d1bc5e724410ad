// The mail account that every user has: from the configuration and the user's row. Source: spec mail
// section 13.
#pragma once

#include <string>
#include <string_view>

#include "core/settings.hpp"
#include "mail/account.hpp"
#include "model/users/user.hpp"

namespace gw::mailbox {

/// Puts the user's values into GroupwareMailLogin: %u, %c, %m, %d; %% is a percent sign.
std::string fill_login(std::string_view pattern, const model::users::User& user, ContextId context);

/// How users get into a server: a master who signs in for them, or nobody, and how long one waits.
struct ServerAccess {
  std::string_view master, master_secret;  ///< empty: users sign in themselves
  Milliseconds connect_timeout, read_timeout;
};

/// The word of a directive as the protocols know it.
mail::Encryption to_encryption(MailEncryption encryption);

/// `password`: of the user; not used when a master signs in. Owns: a copy of a secret, which the caller
/// wipes.
mail::Server make_server(const MailServerSettings& from, const ServerAccess& access, const std::string& login,
                         std::string_view password);

/// `password`: of the session; not used when a master signs in. Owns: copies of secrets, which the caller
/// wipes.
mail::Account make_primary_account(const MailSettings& settings, const model::users::User& user,
                                   ContextId context, std::string_view password);

}  // namespace gw::mailbox
