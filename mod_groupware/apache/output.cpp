#include "apache/output.hpp"

#include <apr_buckets.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>
#include <util_filter.h>

#include <string>

#include "ajax/envelope.hpp"
#include "apache/server_log.hpp"
#include "boundary/pool_new.hpp"

namespace gw::apache {
namespace {

constexpr std::size_t kPiece = 65'536;
/// Larger bodies are lent to the output filters instead of copied.
constexpr std::size_t kCopied = 8'192;

bool has_header(const ajax::Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers)
    if (key == name) return true;
  return false;
}

apr_status_t pass(request_rec* request, apr_bucket_brigade* brigade) {
  const apr_status_t status = ap_pass_brigade(request->output_filters, brigade);
  apr_brigade_cleanup(brigade);
  return request->connection->aborted != 0 ? APR_ECONNABORTED : status;
}

void append_end(request_rec* request, apr_bucket_brigade* brigade) {
  APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_eos_create(request->connection->bucket_alloc));
}

void write_body(request_rec* request, std::string&& body) {
  apr_bucket_alloc_t* allocator = request->connection->bucket_alloc;
  apr_bucket_brigade* brigade = apr_brigade_create(request->pool, allocator);
  ap_set_content_length(request, static_cast<apr_off_t>(body.size()));
  if (!body.empty() && request->header_only == 0) {
    const std::size_t size = body.size();
    const bool is_lent = size > kCopied;
    // Output may go on after the handler has returned, until the request pool ends.
    const char* data =
        is_lent ? boundary::pool_new<std::string>(request->pool, std::move(body))->data() : body.data();
    APR_BRIGADE_INSERT_TAIL(brigade, is_lent ? apr_bucket_pool_create(data, size, request->pool, allocator)
                                             : apr_bucket_heap_create(data, size, nullptr, allocator));
  }
  append_end(request, brigade);
  pass(request, brigade);
}

/// Lends a part of a file to the output filters, as httpd's own handler would. False when it cannot be
/// opened.
bool write_file(request_rec* request, const ajax::FilePart& part) {
  const auto* core = static_cast<const core_dir_config*>(ap_get_core_module_config(request->per_dir_config));
  apr_file_t* file = nullptr;
  const apr_int32_t flags = APR_READ | APR_BINARY | AP_SENDFILE_ENABLED(core->enable_sendfile);
  if (apr_file_open(&file, part.path.c_str(), flags, APR_OS_DEFAULT, request->pool) != APR_SUCCESS)
    return false;
  apr_bucket_brigade* brigade = apr_brigade_create(request->pool, request->connection->bucket_alloc);
  apr_bucket* bucket = apr_brigade_insert_file(brigade, file, part.offset, part.length, request->pool);
  if (core->enable_mmap == ENABLE_MMAP_OFF) apr_bucket_file_enable_mmap(bucket, 0);
  append_end(request, brigade);
  pass(request, brigade);
  return true;
}

/// Collects what a stream writes into pieces of one size.
class PieceWriter {
 public:
  explicit PieceWriter(request_rec* request)
      : request_(request), brigade_(apr_brigade_create(request->pool, request->connection->bucket_alloc)) {
    piece_.reserve(kPiece);
  }

  bool write(std::string_view bytes) {
    while (!bytes.empty() && !is_gone_) {
      const std::size_t taken = std::min(bytes.size(), kPiece - piece_.size());
      piece_ += bytes.substr(0, taken);
      bytes.remove_prefix(taken);
      if (piece_.size() == kPiece) send(false);
    }
    return !is_gone_;
  }

  void finish() { send(true); }

  /// Ends the answer without its regular end: a chunked answer lacks its last chunk, so nobody takes it for
  /// whole.
  void cut() {
    apr_bucket_alloc_t* allocator = request_->connection->bucket_alloc;
    request_->connection->keepalive = AP_CONN_CLOSE;
    APR_BRIGADE_INSERT_TAIL(brigade_,
                            ap_bucket_error_create(HTTP_BAD_GATEWAY, nullptr, request_->pool, allocator));
    append_end(request_, brigade_);
    pass(request_, brigade_);
  }

  [[nodiscard]] bool has_sent() const { return has_sent_; }

 private:
  void send(bool is_last) {
    if (is_gone_) return;
    apr_bucket_alloc_t* allocator = request_->connection->bucket_alloc;
    // Transient: filters that keep it longer than this call make their own copy.
    if (!piece_.empty())
      APR_BRIGADE_INSERT_TAIL(brigade_, apr_bucket_transient_create(piece_.data(), piece_.size(), allocator));
    if (is_last) append_end(request_, brigade_);
    has_sent_ = true;
    is_gone_ = pass(request_, brigade_) != APR_SUCCESS;
    piece_.clear();
  }

  request_rec* request_;
  apr_bucket_brigade* brigade_;
  std::string piece_;
  bool has_sent_ = false;
  bool is_gone_ = false;
};

void write_stream(request_rec* request, const std::function<void(const ajax::BodyWriter&)>& stream) {
  PieceWriter writer(request);
  try {
    stream([&writer](std::string_view bytes) { return writer.write(bytes); });
  } catch (const std::exception& error) {
    if (!writer.has_sent()) throw;
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, request, "GW0208: a download was cut: %s", error.what());
    writer.cut();
    return;
  }
  writer.finish();
}

}  // namespace

void write_headers(request_rec* request, const ajax::Answer& answer) {
  apr_pool_t* pool = request->pool;
  request->status = answer.status;
  if (!answer.content_type.empty())
    ap_set_content_type(request,
                        apr_pstrmemdup(pool, answer.content_type.data(), answer.content_type.size()));
  for (const auto& [name, value] : answer.headers)
    apr_table_addn(request->headers_out, apr_pstrmemdup(pool, name.data(), name.size()),
                   apr_pstrmemdup(pool, value.data(), value.size()));
  // Answers belong to one person: what says nothing of caching is never kept by a browser or a proxy.
  if (!has_header(answer, "Cache-Control") && !has_header(answer, "ETag") && !has_header(answer, "Expires"))
    apr_table_setn(request->headers_out, "Cache-Control", "no-store, no-cache, must-revalidate");
}

int write_answer(request_rec* request, ajax::Answer&& answer) {
  write_headers(request, answer);
  // Ranges are the actions' business: httpd would cut any answer, JSON too.
  apr_table_unset(request->headers_in, "Range");
  if (!answer.stream) {
    write_body(request, std::move(answer.body));
    return OK;
  }
  if (answer.stream_length >= 0) ap_set_content_length(request, answer.stream_length);
  if (request->header_only != 0) {
    apr_bucket_brigade* brigade = apr_brigade_create(request->pool, request->connection->bucket_alloc);
    append_end(request, brigade);
    pass(request, brigade);
  } else if (!answer.file || !write_file(request, *answer.file)) {
    write_stream(request, answer.stream);
  }
  return OK;
}

ajax::Answer make_page(int status, const char* text) {
  ajax::Answer answer;
  answer.status = status;
  answer.content_type = "text/html; charset=UTF-8";
  answer.body = ajax::make_error_page(status, text);
  if (status == HTTP_SERVICE_UNAVAILABLE) answer.headers.emplace_back("Retry-After", kRetryAfter);
  return answer;
}

}  // namespace gw::apache
