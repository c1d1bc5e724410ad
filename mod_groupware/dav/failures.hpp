// Errors on their way out of our callbacks: from the API's codes to the statuses of WebDAV, and through the
// border to mod_dav. Source: RFC 4918 section 11, spec dav 2.
#pragma once

#include <utility>

#include "boundary/guards.hpp"
#include "core/error.hpp"
#include "dav/dav_api.hpp"

namespace gw::dav {

/// 403, not 401: a client that hears 401 asks for the password again and again. For tests without httpd.
int status_of(const ErrorCode& code);

/// An error for mod_dav with the text copied into the pool.
dav_error* refuse(apr_pool_t* pool, int status, const char* text);
dav_error* refuse(apr_pool_t* pool, const ApiError& error);
/// With a precondition of the namespace `DAV:` as its body.
dav_error* refuse_with_tag(apr_pool_t* pool, int status, const char* tag, const char* text);

/// Runs a callback's body. What it throws becomes a dav_error; only surprises are logged.
template <class Body>
dav_error* guarded(request_rec* request, const char* where, Body&& body) noexcept {
  return boundary::guard_dav(
      request, where,
      [&]() -> dav_error* {
        try {
          return std::forward<Body>(body)();
        } catch (const ApiError& error) {
          return refuse(request->pool, error);
        }
      },
      [&](int status) { return refuse(request->pool, status, nullptr); });
}

}  // namespace gw::dav
