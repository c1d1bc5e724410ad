#include "filestore/local/local_upload.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>

#include "core/random.hpp"
#include "filestore/local/layout.hpp"

namespace gw::filestore {
namespace {

constexpr mode_t kFileMode = 0640;
constexpr std::size_t kCopyBuffer = 65'536;
/// Bytes of one call, so that a signal or a slow disk is noticed between two.
constexpr std::int64_t kKernelCopy = 64 * 1'048'576;
constexpr int kUploadRaces = 100;

}  // namespace

LocalUpload::LocalUpload(std::shared_ptr<Folders> folders, std::string name_space)
    : folders_(std::move(folders)), name_space_(std::move(name_space)), id_(make_identifier()) {
  folder_ = name_space_ + "/" + parent_of(id_);
  temporary_ = folder_ + "/" + std::string(kUploadPrefix) + random_hex(16);
  open_temporary();
}

LocalUpload::~LocalUpload() { discard(); }

void LocalUpload::open_temporary() {
  for (int attempt = 0; attempt < kUploadRaces; ++attempt) {
    folders_->make(folder_);
    file_ = retry_stale([&] {
      return folders_->calls().open(folders_->path(temporary_), O_WRONLY | O_CREAT | O_EXCL, kFileMode);
    });
    if (file_ >= 0) {
      leftover_ = temporary_;
      return;
    }
    // Somebody found the folder empty and removed it. From now on our file keeps it.
    if (errno != ENOENT) break;
  }
  const int error = errno;
  folders_->prune(folder_);
  folders_->fail("make a file in", folder_, error);
}

void LocalUpload::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = folders_->calls().write(file_, bytes.data(), bytes.size());
    if (written < 0) folders_->fail("write", temporary_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string LocalUpload::commit() {
  assert(file_ >= 0);
  try {
    // A failed fsync is never tried again: the kernel may have dropped the pages, and the second one
    // succeeds.
    if (folders_->calls().sync(file_) != 0) folders_->fail("sync", temporary_, errno);
    close_file();
    publish();
    folders_->sync(folder_);
  } catch (const StoreError&) {
    discard();
    throw;
  }
  leftover_.clear();
  return id_;
}

void LocalUpload::close_file() {
  const int file = file_;
  file_ = -1;
  if (folders_->calls().close(file) != 0) folders_->fail("close", temporary_, errno);
}

void LocalUpload::publish() {
  const std::string name = name_space_ + "/" + id_;
  const auto rename = [&] {
    return folders_->calls().rename(folders_->path(temporary_), folders_->path(name));
  };
  if (retry_stale(rename) != 0) {
    const int error = errno;
    // NFS: the answer to the first try was lost, and the second finds that it is done. Otherwise somebody
    // took the temporary file away, which is no missing file to whoever reads the error.
    FileInfo info;
    if (error != ENOENT || folders_->calls().inspect(folders_->path(name), info) != 0)
      folders_->fail("rename", temporary_, error == ENOENT ? EIO : error);
  }
  leftover_ = name;
}

void LocalUpload::discard() noexcept {
  if (file_ >= 0) folders_->calls().close(file_);
  file_ = -1;
  if (leftover_.empty()) return;
  folders_->calls().unlink(folders_->path(leftover_));
  leftover_.clear();
  folders_->prune(folder_);
}

void LocalUpload::copy_from(int source, std::int64_t size) {
  const std::int64_t copied = copy_in_kernel(source, size);
  copy_by_hand(source, copied, size);
}

/// How far it came: the kernel cannot copy between all kinds of file systems.
std::int64_t LocalUpload::copy_in_kernel(int source, std::int64_t size) {
  std::int64_t copied = 0;
  while (copied < size) {
    const auto step = static_cast<std::size_t>(std::min(size - copied, kKernelCopy));
    const ssize_t count = folders_->calls().copy(source, copied, file_, step);
    if (count < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EIO))
      folders_->fail("copy into", temporary_, errno);
    if (count <= 0) break;
    copied += count;
  }
  return copied;
}

void LocalUpload::copy_by_hand(int source, std::int64_t offset, std::int64_t size) {
  std::array<char, kCopyBuffer> buffer;
  while (offset < size) {
    const auto step = static_cast<std::size_t>(std::min<std::int64_t>(size - offset, kCopyBuffer));
    const ssize_t count = folders_->calls().read_at(source, buffer.data(), step, offset);
    if (count <= 0) folders_->fail("read the file to append to", name_space_, count < 0 ? errno : EIO);
    write({buffer.data(), static_cast<std::size_t>(count)});
    offset += count;
  }
}

}  // namespace gw::filestore
