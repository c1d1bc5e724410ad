// What a mail account must look like, whoever wrote it. Source: spec mail section 13.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "mailbox/accounts/account_record.hpp"

namespace gw::mailbox::accounts {

using Warnings = std::vector<std::pair<const ErrorCode*, std::vector<std::string>>>;

enum class ServerKind { Store, Transport };

/// `imaps` is `imap` with TLS. Errors: MSG-0044, MSG-0053 for protocols that this server has not.
void set_protocol(ServerRecord& server, ServerKind kind, std::string_view name);
/// `imaps://host:port`, also with an IPv6 address in brackets; a host alone is of the protocol there is.
/// Without a port it is the protocol's own. Errors: ACC-0018, and those of set_protocol.
void set_url(ServerRecord& server, ServerKind kind, std::string_view url);
/// Empty without a host.
std::string format_url(const ServerRecord& server);
int default_port(std::string_view protocol, Tls tls);

/// Limits: 255 bytes for each text, 64 KiB for `meta`. Errors: ACC-0016 name, ACC-0018, -0019 servers,
/// MSG-1008 addresses, SVL-0002 what is missing, SVL-0010 what is too long or has control characters.
void check_record(const AccountRecord& record);
/// Only what the user may change of the primary account. Errors: as check_record.
void check_names(const AccountRecord& record);
/// `own`: addresses of the primary account. Errors: ACC-0015 an address, ACC-0017 an account that another one
/// has.
void check_unique(const AccountRecord& record, std::span<const AccountRecord> others,
                  std::span<const std::string> own);
/// MSG-0081 where the connection may not be encrypted, with `is_trial` MSG-0079, which names the server;
/// ACC-0022, -0023 ports that are unusual for their encryption.
Warnings find_warnings(const AccountRecord& record, bool is_trial = false);

}  // namespace gw::mailbox::accounts
