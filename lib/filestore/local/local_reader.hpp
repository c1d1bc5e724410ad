// Reading one file of a local store.
#pragma once

#include <memory>
#include <string>

#include "filestore/file_store.hpp"
#include "filestore/local/folders.hpp"

namespace gw::filestore {

/// A file that is open for reading, as long as the object lives.
class OpenFile {
 public:
  /// `place`: below the root. Errors: StoreError Missing for anything but an ordinary file.
  OpenFile(const Folders& folders, std::string place);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] int number() const { return file_; }
  [[nodiscard]] std::int64_t size() const { return size_; }
  /// Fills the front of `buffer`. Opens the file once more when an NFS server forgot it. Errors: StoreError.
  std::size_t read(std::span<char> buffer, std::int64_t offset);

 private:
  void open();
  void close() noexcept;

  const Folders& folders_;
  std::string place_;
  int file_ = -1;
  std::int64_t size_ = 0;
};

class LocalReader : public Reader {
 public:
  /// Errors: StoreError Missing, Range.
  LocalReader(std::shared_ptr<Folders> folders, std::string place, std::int64_t offset, std::int64_t length);
  std::size_t read(std::span<char> buffer) override;

 private:
  std::shared_ptr<Folders> folders_;
  OpenFile file_;
  std::int64_t position_ = 0;
  std::int64_t end_ = 0;
};

}  // namespace gw::filestore
