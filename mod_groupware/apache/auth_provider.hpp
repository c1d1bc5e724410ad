// `AuthBasicProvider groupware`: the passwords of Basic authentication are those of the HTTP API's login,
// with the same throttling.
#pragma once

#include <httpd.h>

#include "model/caller.hpp"

namespace gw::apache {

void register_auth_provider(apr_pool_t* pool);

/// Who proved his password for this request or for the one it belongs to; nullptr: nobody. Lives as long as
/// the request.
const model::Caller* find_signed_in(request_rec* request);

}  // namespace gw::apache
