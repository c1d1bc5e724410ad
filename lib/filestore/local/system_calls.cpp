#include "filestore/local/system_calls.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>

namespace gw::filestore {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;

template <typename Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

int inspect_at(int folder, const char* path, int flags, FileInfo& info) {
  struct statx found {};
  constexpr unsigned kWanted = STATX_TYPE | STATX_SIZE | STATX_MTIME | STATX_INO | STATX_BTIME;
  if (uninterrupted([&] { return statx(folder, path, flags, kWanted, &found); }) != 0) return -1;
  info.kind = S_ISREG(found.stx_mode)   ? FileInfo::Kind::File
              : S_ISDIR(found.stx_mode) ? FileInfo::Kind::Folder
                                        : FileInfo::Kind::Other;
  info.size = static_cast<std::int64_t>(found.stx_size);
  info.modified = {found.stx_mtime.tv_sec * 1'000 + found.stx_mtime.tv_nsec / 1'000'000};
  info.inode = found.stx_ino;
  info.born = (found.stx_mask & STATX_BTIME) == 0
                  ? 0
                  : found.stx_btime.tv_sec * kNanoseconds + found.stx_btime.tv_nsec;
  return 0;
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

int SystemCalls::open(const std::string& path, int flags, mode_t mode) {
  return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); });
}

// Linux gives the number back even when a signal interrupts: a second close would hit somebody else's file.
int SystemCalls::close(int file) {
  const int result = ::close(file);
  return result == -1 && errno == EINTR ? 0 : result;
}

ssize_t SystemCalls::write(int file, const char* data, std::size_t size) {
  return uninterrupted([&] { return ::write(file, data, size); });
}

ssize_t SystemCalls::read_at(int file, char* data, std::size_t size, std::int64_t offset) {
  return uninterrupted([&] { return ::pread(file, data, size, offset); });
}

ssize_t SystemCalls::copy(int from, std::int64_t offset, int to, std::size_t size) {
  off64_t position = offset;
  return uninterrupted([&] { return ::copy_file_range(from, &position, to, nullptr, size, 0); });
}

int SystemCalls::sync(int file) {
  return uninterrupted([&] { return ::fsync(file); });
}

int SystemCalls::rename(const std::string& from, const std::string& to) {
  return ::rename(from.c_str(), to.c_str());
}

int SystemCalls::make_folder(const std::string& path, mode_t mode) { return ::mkdir(path.c_str(), mode); }

int SystemCalls::remove_folder(const std::string& path) { return ::rmdir(path.c_str()); }

int SystemCalls::unlink(const std::string& path) { return ::unlink(path.c_str()); }

int SystemCalls::inspect(const std::string& path, FileInfo& info) {
  return inspect_at(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, info);
}

int SystemCalls::inspect(int file, FileInfo& info) { return inspect_at(file, "", AT_EMPTY_PATH, info); }

int SystemCalls::read_folder(const std::string& path, std::vector<std::string>& names) {
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path.c_str()));
  if (folder == nullptr) return -1;
  names.clear();
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  return errno == 0 ? 0 : -1;
}

}  // namespace gw::filestore
