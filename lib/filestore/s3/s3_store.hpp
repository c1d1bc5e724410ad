// Files as objects of a bucket: `<name space>/<32 hex uuid>`; the identifier is the uuid. Source: spec
// infostore 12.
#pragma once

#include <memory>
#include <string>

#include "filestore/s3/s3_client.hpp"

namespace gw::filestore {

class S3Root : public StoreRoot {
 public:
  /// Connects to nothing yet.
  explicit S3Root(S3Settings settings) : client_(std::make_shared<S3Client>(std::move(settings))) {}
  [[nodiscard]] std::unique_ptr<FileStore> open(std::string_view name) const override;
  [[nodiscard]] std::string place() const override { return client_->place(); }

 private:
  std::shared_ptr<S3Client> client_;
};

class S3Store : public FileStore {
 public:
  S3Store(std::shared_ptr<S3Client> client, std::string name_space);
  std::unique_ptr<Upload> create() override;
  std::unique_ptr<Reader> open(std::string_view id, std::int64_t offset, std::int64_t length) override;
  std::int64_t size(std::string_view id) override;
  /// Cost: the service copies when the old file has 5 MiB and more and it can; else the bytes go through this
  /// process.
  std::unique_ptr<Upload> append(std::string_view id, std::int64_t offset) override;
  /// Cost: two requests, because the service does not tell whether there was anything.
  bool remove(std::string_view id) override;
  void list(const std::function<bool(const StoredFile&)>& visit) override;
  /// Multipart uploads that were begun so long ago. Services that do not list them give 0.
  std::int64_t remove_stale_uploads(std::chrono::seconds age) override;
  /// Cost: one request for each file.
  void remove_all() override;
  [[nodiscard]] std::optional<std::string> local_path(std::string_view) const override {
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string key_of(std::string_view id) const;
  void copy_by_hand(std::string_view id, Upload& upload);

  std::shared_ptr<S3Client> client_;
  std::string name_space_;
};

}  // namespace gw::filestore
