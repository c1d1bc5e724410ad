#include "filestore/local/folders.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "filestore/local/layout.hpp"

namespace gw::filestore {
namespace {

constexpr mode_t kFolderMode = 0750;
/// Each lost race means that another thread finished something, so this many in a row do not happen.
constexpr int kFolderRaces = 100;
/// Slashes in `<name space>/hashed/aa`; what is higher stays.
constexpr int kDepthOfRemoved = 2;
/// 15 MB of memory at most; forgetting all of them only costs an fsync each.
constexpr std::size_t kRememberedFolders = 100'000;

StoreError::Kind kind_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return StoreError::Kind::Missing;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return StoreError::Kind::Full;
    case EACCES:
    case EPERM:
    case EROFS:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ESTALE:
    case ETIMEDOUT:
    case ENOTCONN:
    case EHOSTDOWN:
    case EHOSTUNREACH:
      return StoreError::Kind::Unavailable;
    default:
      return StoreError::Kind::Io;
  }
}

}  // namespace

Folders::Folders(std::shared_ptr<SystemCalls> calls, std::string root)
    : calls_(std::move(calls)), root_(std::move(root)) {}

std::string Folders::path(std::string_view relative) const {
  return relative.empty() ? root_ : fmt::format("{}/{}", root_, relative);
}

void Folders::fail(std::string_view action, std::string_view relative, int error) const {
  if (error == ENOENT) require_root();
  throw StoreError(kind_of(error),
                   fmt::format("file:{}: cannot {} {}: {}", root_, action, relative, std::strerror(error)));
}

void Folders::require_root() const {
  FileInfo info;
  if (retry_stale([&] { return calls_->inspect(path({}) + "/.", info); }) == 0) return;
  throw StoreError(
      StoreError::Kind::Unavailable,
      fmt::format("file:{}: the folder of the store cannot be opened: {}; is its file system mounted?", root_,
                  std::strerror(errno)));
}

void Folders::make(const std::string& folder) {
  for (int attempt = 0; attempt < kFolderRaces; ++attempt) {
    if (retry_stale([&] { return calls_->make_folder(path(folder), kFolderMode); }) == 0) return;
    if (errno == EEXIST) return;
    if (errno != ENOENT) fail("make the folder", folder, errno);
    const std::string parent = parent_of(folder);
    if (parent.empty())
      require_root();
    else
      make(parent);
  }
  fail("make the folder", folder, EBUSY);
}

void Folders::sync(const std::string& folder) {
  sync_entries(folder);
  for (std::string child = folder; !child.empty(); child = parent_of(child)) {
    FileInfo info;
    if (retry_stale([&] { return calls_->inspect(path(child), info); }) != 0)
      fail("look at the folder", child, errno);
    const Identity identity{info.inode, info.born};
    if (is_durable(child, identity)) continue;
    sync_entries(parent_of(child));
    // There are 16 million folders of the last level: nearly every file makes its own, so they are not kept.
    if (child != folder) remember_durable(child, identity);
  }
}

void Folders::prune(std::string folder) noexcept {
  while (std::count(folder.begin(), folder.end(), '/') >= kDepthOfRemoved) {
    if (calls_->remove_folder(path(folder)) != 0) return;
    folder = parent_of(folder);
  }
}

bool Folders::is_durable(const std::string& folder, const Identity& identity) const {
  const std::lock_guard lock(mutex_);
  const auto found = durable_.find(folder);
  return found != durable_.end() && found->second == identity;
}

void Folders::remember_durable(const std::string& folder, const Identity& identity) {
  const std::lock_guard lock(mutex_);
  if (durable_.size() >= kRememberedFolders) durable_.clear();
  durable_.insert_or_assign(folder, identity);
}

void Folders::sync_entries(const std::string& folder) {
  const int file = retry_stale([&] { return calls_->open(path(folder), O_RDONLY | O_DIRECTORY, 0); });
  if (file < 0) fail("open the folder", folder, errno);
  // EINVAL: this file system knows no fsync of folders, as CIFS; it sends each change to its server at once.
  const int error = calls_->sync(file) == 0 || errno == EINVAL ? 0 : errno;
  calls_->close(file);
  if (error != 0) fail("sync the folder", folder, error);
}

}  // namespace gw::filestore
