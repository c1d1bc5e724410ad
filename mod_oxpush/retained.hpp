// What outlives configuration generations: the sockets and the counters of the push child, as plain numbers
// in httpd's retained data. Source: craft rules 2.1.3 and 2.9.1.
#pragma once

#include <httpd.h>

#include <string>
#include <vector>

#include "engine/counters.hpp"
#include "engine/push_child.hpp"

namespace oxpush {

struct Settings;

/// Binds what the settings want and is not bound yet, keeps what is, closes what is no longer wanted.
/// Returns: empty, or why the child cannot have a socket; `setup` then lacks it.
/// Errors:  std::bad_alloc
/// Threads: parent only, in post_config
std::string prepare_sockets(server_rec* server, const Settings& settings, ChildSetup& setup);

/// Closes and removes everything, because push was switched off.
void close_sockets() noexcept;

/// In a worker: its copies of the sockets would keep the ports taken when the parent closes them.
void close_inherited_sockets() noexcept;

/// Shared with all processes; nullptr before the first start with push on.
Counters* shared_counters() noexcept;

}  // namespace oxpush
