// The mail account that every user has: from the configuration and the user's row. Source: spec mail
// section 13.
#pragma once

#include <string>
#include <string_view>

#include "core/settings.hpp"
#include "mail/account.hpp"
#include "model/users/user.hpp"
#include "session/session.hpp"

namespace gw::mailbox {

/// Puts the user's values into GroupwareMailLogin: %u, %c, %m, %d; %% is a percent sign.
std::string fill_login(std::string_view pattern, const model::users::MailUser& user, ContextId context);

/// How users get into a server: a master who signs in for them, or nobody, and how long one waits.
struct ServerAccess {
  std::string_view master, master_secret;  ///< empty: users sign in themselves
  Milliseconds connect_timeout, read_timeout;
  mail::Mechanism mechanism = mail::Mechanism::Password;  ///< of users
};

/// What a request brings to open the mail servers of its user.
struct MailKeys {
  std::string_view cookie;   ///< the value of the session's secret cookie
  std::string_view token{};  ///< of the request; empty: none
};
/// What the user proves himself with: his password, or the token of the request, else that of the session.
/// Empty: he brought nothing. Owns: a secret, which the caller wipes.
std::string find_mail_secret(const MailSettings& settings, const session::Session& session,
                             const MailKeys& keys);

/// The words of directives as the protocols know them.
mail::Encryption to_encryption(MailEncryption encryption);
mail::Mechanism to_mechanism(MailSignIn sign_in);

/// `secret`: of the user; not used when a master signs in. Owns: a copy of a secret, which the caller
/// wipes.
mail::Server make_server(const MailServerSettings& from, const ServerAccess& access, const std::string& login,
                         std::string_view secret);

/// Puts the servers of the configuration into an account that signs in there as `login`, itself and without
/// master. `is_own`: the secret is a password of the account, not what the user proves himself with.
void set_primary_servers(const MailSettings& settings, mail::Account& account, const std::string& login,
                         std::string_view secret, bool is_own);

/// `secret`: of find_mail_secret; not used when a master signs in. Owns: copies of secrets, which the caller
/// wipes.
mail::Account make_primary_account(const MailSettings& settings, const model::users::MailUser& user,
                                   ContextId context, std::string_view secret);

}  // namespace gw::mailbox
