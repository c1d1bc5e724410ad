// Sends our answers through httpd's output filters.
#pragma once

#include <httpd.h>

#include "ajax/dispatch.hpp"

namespace gw::apache {

/// Status, type and headers of the answer, for a body that somebody else sends.
void write_headers(request_rec* request, const ajax::Answer& answer);

/// Sends headers and body. Gives OK, also when the client went away meanwhile. A streamed answer that fails
/// half-way is cut, so that the client sees it is incomplete. Threads: the request's own. Errors: what the
/// stream throws before its first byte.
int write_answer(request_rec* request, ajax::Answer&& answer);

/// Seconds after which a client may ask again, when the database is away or a limit is reached.
inline constexpr const char* kRetryAfter = "5";

/// A short page with a status and, for 503, Retry-After.
ajax::Answer make_page(int status, const char* text);

}  // namespace gw::apache
