#include "filestore/local/local_reader.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

namespace gw::filestore {

OpenFile::OpenFile(const Folders& folders, std::string place) : folders_(folders), place_(std::move(place)) {
  open();
}

OpenFile::~OpenFile() { close(); }

void OpenFile::open() {
  // Without O_NONBLOCK a pipe that somebody put there would hold the thread.
  const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
  file_ = retry_stale([&] { return folders_.calls().open(folders_.path(place_), flags, 0); });
  if (file_ < 0) folders_.fail("open", place_, errno == ELOOP ? ENOENT : errno);
  FileInfo info;
  const int error = folders_.calls().inspect(file_, info) != 0 ? errno
                    : info.kind != FileInfo::Kind::File        ? ENOENT
                                                               : 0;
  size_ = info.size;
  if (error == 0) return;
  close();
  folders_.fail("open", place_, error);
}

void OpenFile::close() noexcept {
  if (file_ >= 0) folders_.calls().close(file_);
  file_ = -1;
}

std::size_t OpenFile::read(std::span<char> buffer, std::int64_t offset) {
  ssize_t count = folders_.calls().read_at(file_, buffer.data(), buffer.size(), offset);
  if (count < 0 && errno == ESTALE) {
    close();
    open();
    count = folders_.calls().read_at(file_, buffer.data(), buffer.size(), offset);
  }
  if (count < 0) folders_.fail("read", place_, errno);
  return static_cast<std::size_t>(count);
}

LocalReader::LocalReader(std::shared_ptr<Folders> folders, std::string place, std::int64_t offset,
                         std::int64_t length)
    : folders_(std::move(folders)),
      file_(*folders_, std::move(place)),
      position_(offset),
      end_(file_.size()) {
  if (offset < 0 || offset > file_.size() || length < -1)
    throw StoreError(StoreError::Kind::Range,
                     fmt::format("a file of {} bytes has no range from {}", file_.size(), offset));
  if (length >= 0 && length < end_ - offset) end_ = offset + length;
}

std::size_t LocalReader::read(std::span<char> buffer) {
  const auto wanted = static_cast<std::size_t>(
      std::min<std::int64_t>(end_ - position_, static_cast<std::int64_t>(buffer.size())));
  if (wanted == 0) return 0;
  const std::size_t count = file_.read(buffer.first(wanted), position_);
  if (count == 0) throw StoreError(StoreError::Kind::Io, "a stored file became shorter while it was read");
  position_ += static_cast<std::int64_t>(count);
  return count;
}

}  // namespace gw::filestore
