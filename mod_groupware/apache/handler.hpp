// The hooks of a request: claims the API's URLs and answers them.
#pragma once

#include <apr_pools.h>

namespace gw::apache {

/// Registers translate_name, map_to_storage and the handler. Threads: parent.
void register_request_hooks();

}  // namespace gw::apache
