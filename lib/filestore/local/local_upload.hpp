// Writing one file of a local store: a temporary name beside the place it will have, fsync, rename, fsync of
// the folders.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "filestore/file_store.hpp"
#include "filestore/local/folders.hpp"

namespace gw::filestore {

class LocalUpload : public Upload {
 public:
  /// Errors: StoreError.
  LocalUpload(std::shared_ptr<Folders> folders, std::string name_space);
  ~LocalUpload() override;
  LocalUpload(const LocalUpload&) = delete;
  LocalUpload& operator=(const LocalUpload&) = delete;

  void write(std::string_view bytes) override;
  std::string commit() override;
  [[nodiscard]] std::string id() const override { return id_; }
  /// The first `size` bytes of an open file, inside the kernel where it can. Errors: StoreError.
  void copy_from(int source, std::int64_t size);

 private:
  void open_temporary();
  std::int64_t copy_in_kernel(int source, std::int64_t size);
  void copy_by_hand(int source, std::int64_t offset, std::int64_t size);
  void close_file();
  void publish();
  void discard() noexcept;

  std::shared_ptr<Folders> folders_;
  std::string name_space_;
  std::string id_;
  std::string folder_;
  std::string temporary_;
  int file_ = -1;
  /// Empty once nothing of the upload lies in the store any more, or all of it does.
  std::string leftover_;
};

}  // namespace gw::filestore
