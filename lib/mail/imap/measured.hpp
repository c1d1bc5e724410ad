// The words by which exchanges with mail servers are counted. None of them comes from a user.
#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "mail/account.hpp"
#include "mail/imap/command.hpp"

namespace gw::mail::imap {

/// The host of a server of the configuration; those that users named share one word.
std::string metric_server(const Server& server);
/// The verb of a command, such as FETCH; `other` for one that is not known.
std::string_view metric_command(const Command& command);
/// login, timeout, connect, lost or other.
std::string_view metric_error(const ApiError& error);

}  // namespace gw::mail::imap
