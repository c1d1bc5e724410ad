// The one way into the API: HTTP, `multiple` and tests all call it.
#pragma once

#include "ajax/request.hpp"
#include "ajax/response.hpp"
#include "ajax/runtime.hpp"

namespace gw::ajax {

/// A finished answer: what apache/ writes to the client.
struct Answer {
  int status = 200;
  std::string content_type;
  std::string body;
  std::function<void(const BodyWriter&)> stream;
  std::int64_t stream_length = -1;
  std::optional<FilePart> file;
  std::optional<OpenEvents> events;
  std::vector<std::pair<std::string, std::string>> headers;  ///< Set-Cookie included
};

/// Resolves module and action, checks session and rights, runs the action, wraps the answer. Every error of
/// the API becomes an envelope, HttpError a page, Unavailable a 503 with Retry-After; anything else SVL-0011
/// with an error id that is in the log. The database connection is given back before it returns. Threads:
/// any. Errors: none but std::bad_alloc.
Answer dispatch(const Request& request, Runtime& runtime);

}  // namespace gw::ajax
