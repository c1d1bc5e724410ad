#include "apache/body.hpp"

#include <apr_buckets.h>
#include <apr_strings.h>
#include <http_protocol.h>
#include <util_filter.h>

#include <algorithm>

#include "ajax/action.hpp"
#include "ajax/registry.hpp"
#include "ajax/session_check.hpp"
#include "boundary/request_header.hpp"
#include "core/errors/upload.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

using boundary::request_header;

constexpr apr_off_t kBlock = 65'536;
/// Fields and headers beside the file of an upload.
constexpr std::int64_t kUploadOverhead = 4'194'304;
/// Bodies up to this size are read without looking at the session first.
constexpr std::int64_t kSmallBody = 65'536;
/// Login forms and the like: all that comes without a session.
constexpr std::int64_t kOpenBody = 1'048'576;
/// Parameters of a form; JSON has no place there.
constexpr std::int64_t kFormBody = 16'777'216;

bool has_type(std::string_view content_type, std::string_view wanted) {
  return equal_ignoring_ascii_case(trim(content_type.substr(0, content_type.find(';'))), wanted);
}

std::int64_t limit_of(BodyKind kind, const Settings& settings) {
  switch (kind) {
    case BodyKind::None:
      return 0;
    case BodyKind::Raw:
      return settings.limits.body;
    case BodyKind::Form:
      return std::min(settings.limits.body, kFormBody);
    case BodyKind::Multipart:
      return settings.limits.upload + kUploadOverhead;
  }
  return 0;
}

[[noreturn]] void refuse_as_too_large() { throw HttpError(413, "The body of the request is too large."); }

/// An upload is refused by its own error, in the page that the client waits for. `limit` is that of the body.
[[noreturn]] void refuse(BodyKind kind, std::int64_t limit) {
  if (kind != BodyKind::Multipart) refuse_as_too_large();
  throw ApiError(errors::upl::kTooLarge, {"upload", std::to_string(limit - kUploadOverhead)});
}

bool has_valid_session(const ajax::Request& made, ajax::Runtime& runtime) {
  model::UnitOfWork work(runtime.environment, {});
  try {
    ajax::check_session(made, runtime, work, false);
    return true;
  } catch (const ApiError&) {
  } catch (const HttpError&) {
  }
  return false;
}

/// Hands every block of the body to `consume`.
template <class Consume>
int for_each_block(request_rec* request, Consume&& consume) {
  apr_bucket_brigade* brigade = apr_brigade_create(request->pool, request->connection->bucket_alloc);
  for (bool at_end = false; !at_end;) {
    const apr_status_t status =
        ap_get_brigade(request->input_filters, brigade, AP_MODE_READBYTES, APR_BLOCK_READ, kBlock);
    if (status != APR_SUCCESS) return ap_map_http_request_error(status, HTTP_BAD_REQUEST);
    for (apr_bucket* bucket = APR_BRIGADE_FIRST(brigade); bucket != APR_BRIGADE_SENTINEL(brigade);
         bucket = APR_BUCKET_NEXT(bucket)) {
      at_end = at_end || APR_BUCKET_IS_EOS(bucket);
      if (APR_BUCKET_IS_METADATA(bucket)) continue;
      const char* data = nullptr;
      apr_size_t size = 0;
      if (apr_bucket_read(bucket, &data, &size, APR_BLOCK_READ) != APR_SUCCESS) return HTTP_BAD_REQUEST;
      consume(std::string_view(data, size));
    }
    apr_brigade_cleanup(brigade);
  }
  return OK;
}

int read_to_memory(request_rec* request, std::int64_t limit, std::string& body) {
  const std::int64_t announced = announced_length(request);
  if (announced > 0) body.reserve(static_cast<std::size_t>(std::min<std::int64_t>(announced, kOpenBody)));
  return for_each_block(request, [&](std::string_view block) {
    if (static_cast<std::int64_t>(body.size() + block.size()) > limit) refuse_as_too_large();
    body += block;
  });
}

int read_multipart(request_rec* request, std::int64_t limit, ajax::UploadSpool& spool) {
  const auto boundary = ajax::find_boundary(request_header(request, "Content-Type"));
  ajax::MultipartParser parser(boundary.value_or(""), spool);
  std::int64_t received = 0;
  const int result = for_each_block(request, [&](std::string_view block) {
    received += static_cast<std::int64_t>(block.size());
    if (received > limit) refuse(BodyKind::Multipart, limit);
    parser.feed(block);
  });
  if (result == OK) parser.finish();
  return result;
}

const ajax::Action* named_action(const ajax::Request& made) {
  const ajax::ApiModule* module = ajax::find_module(made.path);
  if (module == nullptr) return nullptr;
  const auto named = made.query.find("action");
  return ajax::find_action(*module, named.value_or(ajax::method_name(made.method)), made.method);
}

}  // namespace

// httpd has refused malformed values before.
std::int64_t announced_length(const request_rec* request) {
  return parse_integer(request_header(request, "Content-Length")).value_or(-1);
}

void StreamedBody::read(const ajax::BodySink& sink) {
  result_ = for_each_block(request_, sink);
  if (result_ != OK) throw HttpError(400, "The body of the request broke off.");
  is_left_over_ = false;
}

bool is_read_by_action(BodyKind kind, const ajax::Request& made) {
  const ajax::Action* action = kind == BodyKind::Raw ? named_action(made) : nullptr;
  return action != nullptr && (action->needs & ajax::kStreamedBody) != 0;
}

BodyKind body_kind(const request_rec* request, ajax::Method method) {
  const bool is_announced =
      announced_length(request) > 0 || !request_header(request, "Transfer-Encoding").empty();
  if (method == ajax::Method::Get || !is_announced) return BodyKind::None;
  const std::string_view type = request_header(request, "Content-Type");
  if (has_type(type, "multipart/form-data") || has_type(type, "multipart/mixed")) return BodyKind::Multipart;
  // Only POST carries forms; PUT bodies are JSON whatever their type says (spec conventions section 1).
  const bool is_form = method == ajax::Method::Post && has_type(type, "application/x-www-form-urlencoded");
  return is_form ? BodyKind::Form : BodyKind::Raw;
}

std::int64_t admit_body(request_rec* request, BodyKind kind, const ajax::Request& made,
                        ajax::Runtime& runtime) {
  const std::int64_t length = announced_length(request);
  const std::int64_t limit = limit_of(kind, runtime.environment.settings);
  if (length > limit) refuse(kind, limit);
  if (kind == BodyKind::Multipart && !ajax::find_boundary(request_header(request, "Content-Type")))
    throw HttpError(400, "The multipart body has no usable boundary.");
  if (kind != BodyKind::Multipart && length >= 0 && length <= kSmallBody) return limit;
  if (ajax::find_module(made.path) == nullptr) return kNotAdmitted;
  const ajax::Action* action = named_action(made);
  // A form may name action and session itself; all others have them in the URL.
  const bool is_open = action == nullptr ? kind == BodyKind::Form
                                         : (action->needs & ajax::kNoSession) != 0 ||
                                               (kind == BodyKind::Form && !made.query.find("session"));
  if (!is_open) return action != nullptr && has_valid_session(made, runtime) ? limit : kNotAdmitted;
  if (length > kOpenBody) refuse_as_too_large();
  return std::min(limit, kOpenBody);
}

int read_body(request_rec* request, BodyKind kind, std::int64_t limit, ajax::Request& made,
              ajax::UploadSpool& spool) {
  switch (kind) {
    case BodyKind::None:
      return OK;
    case BodyKind::Raw:
      return read_to_memory(request, limit, made.body);
    case BodyKind::Form: {
      std::string encoded;
      const int result = read_to_memory(request, limit, encoded);
      if (result == OK) made.form = ajax::Parameters::parse(encoded);
      return result;
    }
    case BodyKind::Multipart:
      return read_multipart(request, limit, spool);
  }
  return OK;
}

void give_up_body(request_rec* request) { request->connection->keepalive = AP_CONN_CLOSE; }

}  // namespace gw::apache
