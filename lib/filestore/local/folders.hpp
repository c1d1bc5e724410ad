// The folders below the root of a local store: making them while others remove empty ones, and which of them
// already survive the loss of power. All paths are relative to the root.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "filestore/file_store.hpp"
#include "filestore/local/system_calls.hpp"

namespace gw::filestore {

/// Calls again, once, when an NFS server has forgotten the handle that its client used (ESTALE).
template <typename Call>
auto retry_stale(Call call) {
  const auto result = call();
  return result == -1 && errno == ESTALE ? call() : result;
}

/// One per configured store and process. Threads: any.
class Folders {
 public:
  Folders(std::shared_ptr<SystemCalls> calls, std::string root);

  [[nodiscard]] SystemCalls& calls() const { return *calls_; }
  [[nodiscard]] std::string path(std::string_view relative) const;
  /// With its parents, but not the root: that one the administrator makes, and a file system that is not
  /// mounted must not be taken for an empty store. Errors: StoreError.
  void make(const std::string& folder);
  /// When this returns, the entries of `folder` and the folder itself, up to the root, survive the loss of
  /// power. The caller keeps it from being removed by a file in it. Cost: two fsyncs; up to six for the first
  /// file.
  void sync(const std::string& folder);
  /// Removes `folder` and its parents as long as they are empty; the name space and `hashed` stay.
  void prune(std::string folder) noexcept;
  /// Errors: StoreError Unavailable.
  void require_root() const;
  /// Errors: StoreError, always; the kind follows from the error number.
  [[noreturn]] void fail(std::string_view action, std::string_view relative, int error) const;

 private:
  struct Identity {
    std::uint64_t inode = 0;
    std::int64_t born = 0;
    bool operator==(const Identity&) const = default;
  };
  [[nodiscard]] bool is_durable(const std::string& folder, const Identity& identity) const;
  void remember_durable(const std::string& folder, const Identity& identity);
  void sync_entries(const std::string& folder);

  std::shared_ptr<SystemCalls> calls_;
  std::string root_;
  mutable std::mutex mutex_;
  /// Folders whose entry in their parent is known to be on the disk. Another process may remove one and make
  /// it again, hence the identity.
  std::unordered_map<std::string, Identity> durable_;
};

}  // namespace gw::filestore
