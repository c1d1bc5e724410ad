// Keeps exactly one push child alive for a configuration generation: forks it, replaces it when it dies, ends
// it when the generation ends. Not for what the child does (child.hpp).
#pragma once

#include <httpd.h>

namespace oxpush {

struct ChildSetup;

/// Starts the child and registers its supervision on `pconf`. A failure is logged and leaves the server
/// without a child: an error from post_config during a graceful restart would end the whole server. Errors:
/// noexcept Owns:    everything lives on `pconf`, `setup` too; its end ends the child Threads: parent only,
/// from post_config and not in the rehearsal Source:  craft rule 2.9
void start_supervised_child(apr_pool_t* pconf, server_rec* server, const ChildSetup& setup) noexcept;

}  // namespace oxpush
