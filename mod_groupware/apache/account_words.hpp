// Words of the directives about mail accounts that users enter. Free of httpd, so it is tested without it.
// Errors of every function: DirectiveError.
#pragma once

#include <span>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

using AccountWords = std::span<const std::string_view>;

void set_denied_networks(MailAccountSettings& accounts, std::string_view name, AccountWords words);
void set_account_ports(MailAccountSettings& accounts, std::string_view name, AccountWords words);
void set_account_tls(MailAccountSettings& accounts, std::string_view name, AccountWords words);
void set_autoconfig(AutoconfigSettings& autoconfig, std::string_view name, AccountWords words);
KnownProvider parse_provider(std::string_view name, AccountWords words);

}  // namespace gw::apache
