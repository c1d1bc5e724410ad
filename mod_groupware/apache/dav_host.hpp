// What WebDAV gets of this server: the process, who signed in, how files are sent.
#pragma once

#include <apr_pools.h>

namespace gw::apache {

/// Registers `DAV groupware` where mod_dav is loaded.
void register_dav(apr_pool_t* pool);
/// Whether mod_dav was loaded, but after this module, so that nothing could be registered.
bool is_dav_loaded_late();

}  // namespace gw::apache
