// How directives name a mail server: a URL and words behind it, and a pattern for logins. Free of httpd, so
// it is tested without it. Meanings: docs/directives.md.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

struct MailScheme {
  std::string_view name;  ///< of the URL
  std::string_view protocol;
  int port = 0;
  MailEncryption encryption = MailEncryption::Prefer;
};

/// imap and imaps.
std::span<const MailScheme> store_schemes();
/// smtp, submission and smtps.
std::span<const MailScheme> transport_schemes();

/// `imap://host:port` of one of the schemes, then tls=, verify=, auth= and ca=; the host may be an IPv6
/// address in brackets. Errors: DirectiveError.
MailServerSettings parse_mail_server(std::string_view name, std::span<const std::string_view> arguments,
                                     std::span<const MailScheme> schemes);

/// `xoauth2` or `oauthbearer`, and the name of a variable. Errors: DirectiveError.
void set_mail_oauth(MailSettings& mail, std::string_view name, std::string_view form,
                    std::string_view variable);

/// Checks what mailbox::fill_login will be given. Errors: DirectiveError.
std::string parse_login_pattern(std::string_view name, std::string_view pattern);

}  // namespace gw::apache
