// `DAV groupware`: registers the provider with mod_dav, and keeps the rest of httpd from looking for our URLs
// on disk.
#pragma once

struct apr_pool_t;
struct request_rec;

namespace gw::dav {

/// False when mod_dav was not loaded before this module: then nothing is registered. Threads: parent, while
/// modules are loaded.
bool register_provider(apr_pool_t* pool);

/// Whether the request's location says `DAV groupware`.
bool is_dav_location(request_rec* request);

}  // namespace gw::dav
