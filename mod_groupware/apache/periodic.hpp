// Work that one process does for the whole server every minute: expired sessions, left-over uploads; and jobs
// that one process of the whole cluster does (model/jobs), for which each one asks. Runs on two threads of
// mod_watchdog. What each process does for itself is database_gate's.
#pragma once

#include <httpd.h>

#include "core/settings.hpp"

namespace gw::apache {

/// Registers the callbacks when mod_watchdog is there; without it a warning says what will not happen.
/// Threads: parent, post_config.
void register_periodic_work(server_rec* server, apr_pool_t* pool, const JobSettings& jobs);

}  // namespace gw::apache
