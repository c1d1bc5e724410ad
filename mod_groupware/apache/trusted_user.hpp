// GroupwareTrustedUser in a request: whom another module of the web server has proved the client to be.
#pragma once

#include <httpd.h>

#include <optional>

#include "ajax/request.hpp"

namespace gw::apache {

/// The user whom an authentication module has set in this request (r->user, with its type), where the
/// location says that he is to be trusted. Never from a header: REMOTE_USER of a client or a proxy is none of
/// these. Empty: nobody was proved, the directive is off here, or a variable that it names is not set.
std::optional<ajax::TrustedUser> read_trusted_user(request_rec* request);

}  // namespace gw::apache
