// Reads the body of a request: JSON and forms into memory, multipart uploads to disk, all with limits of our
// own.
#pragma once

#include <httpd.h>

#include "ajax/request.hpp"
#include "ajax/runtime.hpp"
#include "ajax/upload/upload_spool.hpp"

namespace gw::apache {

/// What the headers announce.
enum class BodyKind { None, Raw, Form, Multipart };
BodyKind body_kind(const request_rec* request, ajax::Method method);

inline constexpr std::int64_t kNotAdmitted = -1;

/// A body that its action reads itself while it comes in. Lives as long as the request is worked on.
class StreamedBody {
 public:
  explicit StreamedBody(request_rec* request) : request_(request) {}
  /// Hands over every block. Errors: HttpError 400 when the client breaks off; what `sink` throws.
  void read(const ajax::BodySink& sink);
  /// Bytes may follow on the connection that nobody reads.
  [[nodiscard]] bool is_left_over() const { return is_left_over_; }
  /// OK, or what the handler has to return because httpd could not read.
  [[nodiscard]] int result() const { return result_; }

 private:
  request_rec* request_;
  bool is_left_over_ = true;
  int result_ = OK;
};

/// True when the action that the request names takes its body so.
bool is_read_by_action(BodyKind kind, const ajax::Request& made);
/// What the header Content-Length says; -1: nothing.
std::int64_t announced_length(const request_rec* request);

/// Checks what can be checked before the first byte is read, as reading makes httpd send `100 Continue`: the
/// announced length, the boundary, and, for what is large, that the action exists and the session is valid.
/// Someone without a session cannot make us store megabytes. Gives the bytes that may be read, or
/// kNotAdmitted: then the dispatcher answers without the body, with the error that it finds itself. Errors:
/// HttpError 413 and 400, UPL-0005, Unavailable.
std::int64_t admit_body(request_rec* request, BodyKind kind, const ajax::Request& made,
                        ajax::Runtime& runtime);

/// Reads the whole body, at most `limit` bytes, into `made` and `spool`. Gives OK, or what the handler has to
/// return (a status, or AP_FILTER_ERROR when httpd has answered already). Errors: HttpError 413 and 400,
/// UPL-0005, Unavailable. Cost: memory up to `limit` for JSON and forms, 64 KiB for uploads. No database
/// connection may be held.
int read_body(request_rec* request, BodyKind kind, std::int64_t limit, ajax::Request& made,
              ajax::UploadSpool& spool);

/// The connection ends after this answer, because unread parts of the body may follow on it.
void give_up_body(request_rec* request);

}  // namespace gw::apache
