// The mail protocols of this server, by name.
#pragma once

#include "core/settings.hpp"
#include "mail/store/provider.hpp"

namespace gw::mailbox {

/// "imap", "pop3" and "smtp". Made once per process, after fork. Connects to nothing.
/// `requests`: how many may be at one server at the same time (mail/store/places.hpp); 0: no limit.
mail::Registry make_registry(const Settings& settings, int requests);

}  // namespace gw::mailbox
