// Reading one object, or a range of it; a connection that breaks is taken up again where it broke.
#pragma once

#include <memory>
#include <string>

#include "filestore/s3/s3_client.hpp"

namespace gw::filestore {

/// Holds a connection of the pool as long as it lives.
class S3Reader : public Reader {
 public:
  /// `length` -1 reads to the end. Errors: StoreError Missing, Range.
  S3Reader(std::shared_ptr<S3Client> client, std::string key, std::int64_t offset, std::int64_t length);
  std::size_t read(std::span<char> buffer) override;

 private:
  void begin();
  void begin_or_end_of_empty_range();

  std::shared_ptr<S3Client> client_;
  std::string key_;
  std::int64_t position_;
  /// One behind the last byte; -1 until the service tells the size.
  std::int64_t end_;
  int repetitions_ = 0;
  std::unique_ptr<HttpTransfer> transfer_;
};

/// Bytes of the object. Errors: StoreError Missing; Unavailable when the bucket itself is not there.
std::int64_t size_of_object(S3Client& client, const std::string& key);

}  // namespace gw::filestore
