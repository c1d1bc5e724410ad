// What an httpd configuration says about the database and new accounts, so that nobody writes it twice.
#pragma once

#include <string>

#include "core/settings.hpp"

namespace groupwarectl {

/// Takes over GroupwareDatabase as it is written (`file:/path` is not opened), GroupwareDefaultLocale,
/// GroupwareDefaultTimezone, GroupwareUniqueDisplayNames and GroupwareEditOwnContact. As in the server, the
/// last line of a kind counts. Errors: UsageError when a file cannot be read.
void read_config_file(const std::string& path, gw::Settings& settings);

/// Takes over GroupwareNoReply, GroupwareJobs, GroupwareMailServer, GroupwareTransportServer and
/// GroupwareProductName, for commands that send mails: `file:/path` of a secret is read. Errors: UsageError,
/// also for a value that the server would refuse.
void read_mail_config(const std::string& path, gw::Settings& settings);

/// Takes over GroupwareMailServer, GroupwareMailLogin and GroupwareMailMaster, for commands that open the
/// mailboxes of users. Errors: as read_mail_config.
void read_mailbox_config(const std::string& path, gw::Settings& settings);

/// Takes over the directories (GroupwareDirectory and what belongs to it). Errors: as above.
void read_directory_config(const std::string& path, gw::Settings& settings);

}  // namespace groupwarectl
