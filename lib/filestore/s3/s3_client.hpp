// The requests that an S3 service understands: signing, repetition, and what its errors mean. Knows one
// bucket.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "filestore/file_store.hpp"
#include "filestore/s3/curl_pool.hpp"
#include "filestore/s3/http_transfer.hpp"
#include "filestore/s3/s3_settings.hpp"

namespace gw::filestore {

/// Parts of a multipart upload, but the last one, have this size; smaller files go in one request. It is also
/// what an upload holds in memory.
inline constexpr std::size_t kPartSize = 8 * 1'048'576;

struct S3Request {
  std::string method;
  /// Empty: the bucket itself.
  std::string key;
  /// Sorted by name, because the signature is made over the sorted text.
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<std::string> headers;
  std::string_view body;
  /// Doing it twice does no harm, so it may be repeated.
  bool is_idempotent = true;
  /// The service may work for long without a byte: joining parts, copying.
  bool is_long = false;
};

struct S3Answer {
  int status = 0;
  /// As the service wrote it, with its quotes.
  std::string etag;
  std::int64_t content_length = -1;
  std::string body;
};

/// What the service answered, or that it did not answer (`status` 0).
class S3Failure : public StoreError {
 public:
  S3Failure(Kind kind, int status, std::string code, const std::string& text)
      : StoreError(kind, text), status_(status), code_(std::move(code)) {}
  [[nodiscard]] int status() const { return status_; }
  /// The service's own, such as `NoSuchBucket`; empty when it gave none.
  [[nodiscard]] const std::string& code() const { return code_; }
  /// Another try may succeed.
  [[nodiscard]] bool is_passing() const;

 private:
  int status_;
  std::string code_;
};

/// Threads: any.
class S3Client {
 public:
  explicit S3Client(S3Settings settings);

  /// Errors: S3Failure for any status from 400 on, after at most three repetitions of what may be repeated.
  S3Answer call(const S3Request& request);
  /// As `call`, and makes the bucket when the service says that it is missing.
  S3Answer call_making_bucket(const S3Request& request);
  /// The answer up to its body, which the caller reads. Errors: as `call`.
  std::unique_ptr<HttpTransfer> begin(const S3Request& request);
  /// For the text of an error: `s3:bucket at host`.
  [[nodiscard]] std::string place() const;
  [[nodiscard]] const S3Settings& settings() const { return settings_; }
  /// Waits before repetition 1, 2 or 3: 50 to 100 ms, then twice and four times that.
  static void pause_before(int repetition);

  static constexpr int kRepetitions = 3;

 private:
  [[nodiscard]] std::string url_of(const S3Request& request) const;
  std::unique_ptr<HttpTransfer> send(const S3Request& request);
  S3Answer call_once(const S3Request& request);
  template <typename Attempt>
  auto repeat(const S3Request& request, Attempt attempt);
  void make_bucket();

  const S3Settings settings_;
  std::shared_ptr<CurlPool> pool_;
};

}  // namespace gw::filestore
