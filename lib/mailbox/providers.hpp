// The mail protocols of this server, by name.
#pragma once

#include "core/settings.hpp"
#include "mail/store/provider.hpp"

namespace gw::mailbox {

/// "imap", "pop3" and "smtp". Made once per process, after fork. Connects to nothing.
mail::Registry make_registry(const Settings& settings);

}  // namespace gw::mailbox
