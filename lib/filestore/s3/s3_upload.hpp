// Writing one object: in one request when it fits into a part, else by multipart upload.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "filestore/s3/s3_client.hpp"

namespace gw::filestore {

class S3Upload : public Upload {
 public:
  /// The object will be `<name space>/<id>`.
  S3Upload(std::shared_ptr<S3Client> client, const std::string& name_space, std::string id);
  ~S3Upload() override;
  S3Upload(const S3Upload&) = delete;
  S3Upload& operator=(const S3Upload&) = delete;

  void write(std::string_view bytes) override;
  std::string commit() override;
  [[nodiscard]] std::string id() const override { return id_; }
  /// The first `size` bytes, which the service copies from another object of the bucket; before the first
  /// write only. False when the service cannot copy; then nothing was done. Errors: StoreError.
  bool copy_from(const std::string& key, std::int64_t size);

 private:
  void begin_multipart();
  void send_part();
  void add_part(std::string etag);
  void copy_piece(const std::string& key, std::int64_t offset, std::int64_t size);
  void put_whole();
  void join_parts();
  bool is_complete_after_all();
  void abort() noexcept;

  std::shared_ptr<S3Client> client_;
  std::string key_;
  std::string id_;
  std::string part_;
  /// Empty while the file may still fit into one request.
  std::string upload_id_;
  std::vector<std::string> etags_;
  std::int64_t size_ = 0;
};

}  // namespace gw::filestore
