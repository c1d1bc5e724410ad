// Files in a folder of this machine or of an NFS server: `<root>/<name space>/hashed/aa/bb/cc/<uuid>`. Also
// reads and removes those of the old layout `xx/yy/zz`, which it never writes. Source: spec infostore 12.
#pragma once

#include <memory>
#include <string>

#include "filestore/file_store.hpp"
#include "filestore/local/folders.hpp"

namespace gw::filestore {

class LocalRoot : public StoreRoot {
 public:
  /// `root`: an absolute path. The folder is looked at by the first use only.
  explicit LocalRoot(const std::string& root,
                     std::shared_ptr<SystemCalls> calls = std::make_shared<SystemCalls>());
  [[nodiscard]] std::unique_ptr<FileStore> open(std::string_view name) const override;
  /// `file:` and the path without symbolic links.
  [[nodiscard]] std::string place() const override;
  [[nodiscard]] std::optional<std::uint32_t> account() const override;

 private:
  std::shared_ptr<Folders> folders_;
};

class LocalStore : public FileStore {
 public:
  LocalStore(std::shared_ptr<Folders> folders, std::string name_space);
  std::unique_ptr<Upload> create() override;
  std::unique_ptr<Reader> open(std::string_view id, std::int64_t offset, std::int64_t length) override;
  std::int64_t size(std::string_view id) override;
  std::unique_ptr<Upload> append(std::string_view id, std::int64_t offset) override;
  bool remove(std::string_view id) override;
  void list(const std::function<bool(const StoredFile&)>& visit) override;
  /// Looks at the time of the last write, so an upload that still moves is never stale.
  std::int64_t remove_stale_uploads(std::chrono::seconds age) override;
  void remove_all() override;
  [[nodiscard]] std::optional<std::string> local_path(std::string_view id) const override;

 private:
  /// Below the root. Errors: StoreError Missing when the text is no identifier.
  [[nodiscard]] std::string place_of(std::string_view id) const;

  std::shared_ptr<Folders> folders_;
  std::string name_space_;
};

}  // namespace gw::filestore
