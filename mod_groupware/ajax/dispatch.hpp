// The one way into the API: HTTP, `multiple` and tests all call it.
#pragma once

#include "ajax/request.hpp"
#include "ajax/response.hpp"
#include "ajax/runtime.hpp"

namespace gw::ajax {

/// What a request was, in words of a short list: for monitoring. The names are those of the registry's
/// tables, which live as long as the program; `other` for what is not in them.
struct Outcome {
  std::string_view module = "other";
  std::string_view action = "other";
  std::string_view status = "OK";  ///< OK, the category of the error, HTTP_ERROR or UNAVAILABLE
};

/// A finished answer: what apache/ writes to the client.
struct Answer {
  Outcome outcome;
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
