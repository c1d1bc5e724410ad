#include "filestore/local/local_store.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "filestore/local/layout.hpp"
#include "filestore/local/local_reader.hpp"
#include "filestore/local/local_upload.hpp"
#include "filestore/local/scan.hpp"
#include "filestore/names.hpp"

namespace gw::filestore {

LocalRoot::LocalRoot(const std::string& root, std::shared_ptr<SystemCalls> calls)
    : folders_(std::make_shared<Folders>(std::move(calls), root)) {}

std::unique_ptr<FileStore> LocalRoot::open(std::string_view name) const {
  require_name_space(name);
  return std::make_unique<LocalStore>(folders_, std::string(name));
}

std::string LocalRoot::place() const {
  const std::string path = folders_->path({});
  std::error_code problem;
  const auto real = std::filesystem::canonical(path, problem);
  return "file:" + (problem ? path : real.string());
}

std::optional<std::uint32_t> LocalRoot::account() const {
  struct stat info {};
  if (::stat(folders_->path({}).c_str(), &info) != 0) return std::nullopt;
  return info.st_uid;
}

LocalStore::LocalStore(std::shared_ptr<Folders> folders, std::string name_space)
    : folders_(std::move(folders)), name_space_(std::move(name_space)) {}

std::string LocalStore::place_of(std::string_view id) const {
  if (!is_identifier(id))
    throw StoreError(StoreError::Kind::Missing,
                     fmt::format("{}: no file can have the identifier that was asked for", name_space_));
  return fmt::format("{}/{}", name_space_, id);
}

std::unique_ptr<Upload> LocalStore::create() { return std::make_unique<LocalUpload>(folders_, name_space_); }

std::unique_ptr<Reader> LocalStore::open(std::string_view id, std::int64_t offset, std::int64_t length) {
  return std::make_unique<LocalReader>(folders_, place_of(id), offset, length);
}

std::int64_t LocalStore::size(std::string_view id) {
  const std::string place = place_of(id);
  FileInfo info;
  if (retry_stale([&] { return folders_->calls().inspect(folders_->path(place), info); }) != 0)
    folders_->fail("find", place, errno);
  if (info.kind != FileInfo::Kind::File) folders_->fail("find", place, ENOENT);
  return info.size;
}

std::unique_ptr<Upload> LocalStore::append(std::string_view id, std::int64_t offset) {
  const OpenFile old(*folders_, place_of(id));
  if (offset != old.size())
    throw StoreError(StoreError::Kind::Offset,
                     fmt::format("an append at {} to a file of {} bytes", offset, old.size()));
  auto upload = std::make_unique<LocalUpload>(folders_, name_space_);
  upload->copy_from(old.number(), old.size());
  return upload;
}

bool LocalStore::remove(std::string_view id) {
  if (!is_identifier(id)) return false;
  const std::string place = place_of(id);
  // The fsync is left out: a file that returns after the loss of power is an orphan, which the check removes.
  if (retry_stale([&] { return folders_->calls().unlink(folders_->path(place)); }) != 0) {
    if (errno != ENOENT && errno != EISDIR) folders_->fail("remove", place, errno);
    folders_->require_root();
    return false;
  }
  if (id.starts_with(kHashedFolder)) folders_->prune(parent_of(place));
  return true;
}

void LocalStore::list(const std::function<bool(const StoredFile&)>& visit) {
  scan_files(*folders_, name_space_, [&](const Found& found) {
    return found.is_temporary || visit({found.id, found.info.size, found.info.modified});
  });
}

std::int64_t LocalStore::remove_stale_uploads(std::chrono::seconds age) {
  const std::int64_t newest = system_clock().now().value - std::chrono::milliseconds(age).count();
  std::int64_t removed = 0;
  scan_files(*folders_, name_space_, [&](const Found& found) {
    if (!found.is_temporary || found.info.modified.value > newest) return true;
    const std::string place = name_space_ + "/" + found.id;
    if (folders_->calls().unlink(folders_->path(place)) == 0) {
      ++removed;
      folders_->prune(parent_of(place));
    }
    return true;
  });
  return removed;
}

void LocalStore::remove_all() { remove_tree(*folders_, name_space_); }

std::optional<std::string> LocalStore::local_path(std::string_view id) const {
  if (!is_identifier(id)) return std::nullopt;
  std::string path = folders_->path(fmt::format("{}/{}", name_space_, id));
  FileInfo info;
  if (folders_->calls().inspect(path, info) != 0 || info.kind != FileInfo::Kind::File) return std::nullopt;
  return path;
}

}  // namespace gw::filestore
