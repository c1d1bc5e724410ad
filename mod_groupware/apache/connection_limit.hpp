// How many connections the MPM lets one process hold.
#pragma once

namespace gw::apache {

/// Of a process whose threads are all idle: ThreadsPerChild * (1 + AsyncRequestWorkerFactor) with the event
/// MPM, else ThreadsPerChild. Threads: parent, post_config.
int connection_limit();
/// ThreadsPerChild.
int thread_count();

}  // namespace gw::apache
