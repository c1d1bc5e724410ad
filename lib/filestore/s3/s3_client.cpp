#include "filestore/s3/s3_client.hpp"

#include <fmt/format.h>

#include <thread>

#include "core/random.hpp"
#include "core/text.hpp"
#include "filestore/s3/s3_xml.hpp"

namespace gw::filestore {
namespace {

using Kind = StoreError::Kind;

/// A list of 1000 names takes half a megabyte.
constexpr std::size_t kLongestAnswer = 4 * 1'048'576;
constexpr std::chrono::milliseconds kFirstPause{100};
/// Where a bucket lies when nothing is said; naming this one is an error at Amazon.
constexpr std::string_view kDefaultRegion = "us-east-1";

constexpr int kUnauthorized = 401, kForbidden = 403, kNotFound = 404, kRequestTimeout = 408, kRange = 416,
              kTooMany = 429, kFirstServerError = 500, kNotImplemented = 501, kInsufficientStorage = 507;

Kind kind_of(int status, std::string_view code) {
  if (code == "NoSuchBucket") return Kind::Unavailable;
  if (status == kInsufficientStorage || code == "QuotaExceeded" || code == "EntityTooLarge" ||
      code == "XMinioStorageFull" || code == "XMinioAdminBucketQuotaExceeded")
    return Kind::Full;
  if (status == kNotFound) return Kind::Missing;
  if (status == kRange) return Kind::Range;
  if (status == kUnauthorized || status == kForbidden || status == kRequestTimeout || status == kTooMany ||
      status >= kFirstServerError || (status >= 300 && status <= 308))
    return Kind::Unavailable;
  return Kind::Io;
}

std::string_view likely_cause(int status, std::string_view code) {
  if (code == "NoSuchBucket") return "; the bucket does not exist";
  if (code == "InvalidAccessKeyId") return "; key= is not known there";
  if (code == "SignatureDoesNotMatch") return "; secret= does not fit key=, or region= is wrong";
  if (code == "RequestTimeTooSkewed") return "; the clock of this machine is wrong";
  if (code == "AccessDenied") return "; key= has no right to do this with the bucket";
  if (code == "AuthorizationHeaderMalformed" || (status >= 300 && status <= 308))
    return "; region= or endpoint= is not the one of the bucket";
  if (status == kUnauthorized || status == kForbidden)
    return "; look at key=, secret=, the rights of the key on the bucket, and the clock of this machine";
  return "";
}

/// The code may come into the log, so only what such a code looks like.
std::string code_in(std::string_view body) {
  const XmlElement error = parse_s3_xml(body);
  if (error.name != "Error") return {};
  std::string code(error.child_text("Code").substr(0, 64));
  for (const char c : code)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.')) return {};
  return code;
}

S3Failure failure(const std::string& place, const S3Request& request, int status, const std::string& code) {
  return {kind_of(status, code), status, code,
          fmt::format("{}: {} {} was answered with {} {}{}", place, request.method,
                      request.key.empty() ? "of the bucket" : request.key, status, code,
                      likely_cause(status, code))};
}

}  // namespace

bool S3Failure::is_passing() const {
  return status_ == 0 || status_ == kRequestTimeout || status_ == kTooMany ||
         (status_ >= kFirstServerError && status_ != kNotImplemented && status_ != kInsufficientStorage);
}

S3Client::S3Client(S3Settings settings)
    : settings_(std::move(settings)),
      pool_(std::make_shared<CurlPool>(settings_.connections, settings_.stall_timeout)) {}

std::string S3Client::place() const { return fmt::format("s3:{} at {}", settings_.bucket, settings_.host); }

std::string S3Client::url_of(const S3Request& request) const {
  std::string url = settings_.is_path_style
                        ? fmt::format("{}://{}/{}", settings_.scheme, settings_.host, settings_.bucket)
                        : fmt::format("{}://{}.{}", settings_.scheme, settings_.bucket, settings_.host);
  if (!request.key.empty() || !settings_.is_path_style) url += "/" + request.key;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    url += fmt::format("{}{}={}", separator, name, percent_encode(value));
    separator = '&';
  }
  return url;
}

std::unique_ptr<HttpTransfer> S3Client::send(const S3Request& request) {
  HttpRequest http{.method = request.method,
                   .url = url_of(request),
                   .headers = request.headers,
                   .body = request.body,
                   .timeout = settings_.timeout,
                   .stall_timeout = request.is_long ? settings_.timeout : settings_.stall_timeout};
  // Without the digest the file need not be read twice; TLS guards it on its way.
  http.headers.emplace_back("x-amz-content-sha256: UNSIGNED-PAYLOAD");
  if (request.method == "PUT" || request.method == "POST")
    http.headers.emplace_back("Content-Type: application/octet-stream");
  // A body is read at the pace of whoever reads the file.
  if (request.method == "GET" && !request.key.empty()) http.timeout = {};
  auto transfer = std::make_unique<HttpTransfer>(pool_->acquire(), settings_, std::move(http));
  const int status = transfer->wait_for_head();
  // HEAD has no body that names a code.
  if (status >= 300)
    throw failure(place(), request, status,
                  request.method == "HEAD" ? std::string() : code_in(transfer->read_all(kLongestAnswer)));
  return transfer;
}

S3Answer S3Client::call_once(const S3Request& request) {
  const auto transfer = send(request);
  S3Answer answer{.status = 200, .etag = transfer->header("etag"), .content_length = -1, .body = {}};
  answer.content_length = parse_integer(transfer->header("content-length")).value_or(-1);
  answer.body = transfer->read_all(kLongestAnswer);
  // Joining parts and copying may fail after the head was sent with 200.
  const std::string code = code_in(answer.body);
  if (!code.empty()) throw failure(place(), request, kFirstServerError, code);
  return answer;
}

void S3Client::pause_before(int repetition) {
  const auto most = kFirstPause * (1 << (repetition - 1));
  const auto random = static_cast<unsigned char>(random_bytes(1)[0]);
  std::this_thread::sleep_for(most / 2 + most / 2 * random / 255);
}

template <typename Attempt>
auto S3Client::repeat(const S3Request& request, Attempt attempt) {
  const auto end = std::chrono::steady_clock::now() + settings_.timeout;
  for (int repetition = 1;; ++repetition) {
    const bool is_last =
        !request.is_idempotent || repetition > kRepetitions || std::chrono::steady_clock::now() > end;
    try {
      return attempt();
    } catch (const TransferFailure& problem) {
      if (is_last)
        throw S3Failure(Kind::Unavailable, 0, {},
                        fmt::format("{}: {} {}: {}", place(), request.method, request.key, problem.what()));
    } catch (const S3Failure& problem) {
      if (is_last || !problem.is_passing()) throw;
    }
    pause_before(repetition);
  }
}

S3Answer S3Client::call(const S3Request& request) {
  return repeat(request, [&] { return call_once(request); });
}

std::unique_ptr<HttpTransfer> S3Client::begin(const S3Request& request) {
  return repeat(request, [&] { return send(request); });
}

S3Answer S3Client::call_making_bucket(const S3Request& request) {
  try {
    return call(request);
  } catch (const S3Failure& problem) {
    if (problem.code() != "NoSuchBucket") throw;
  }
  make_bucket();
  return call(request);
}

void S3Client::make_bucket() {
  std::string body;
  if (settings_.region != kDefaultRegion)
    body = fmt::format(R"(<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">)"
                       "<LocationConstraint>{}</LocationConstraint></CreateBucketConfiguration>",
                       settings_.region);
  try {
    call({.method = "PUT", .body = body});
  } catch (const S3Failure& problem) {
    // Another process was faster.
    if (problem.code() != "BucketAlreadyOwnedByYou" && problem.code() != "BucketAlreadyExists") throw;
  }
}

}  // namespace gw::filestore
