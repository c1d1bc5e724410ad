// Every call to the file system that a local store makes, in one place, so that a test can fail at each of
// them or play the loss of power. Results as POSIX gives them: -1 and errno.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace gw::filestore {

struct FileInfo {
  enum class Kind { File, Folder, Other };
  Kind kind = Kind::Other;
  std::int64_t size = 0;
  Millis modified;
  std::uint64_t inode = 0;
  /// Nanoseconds since 1970, 0 where the file system does not keep it. With `inode` it tells a folder from
  /// one that was made later under the same name.
  std::int64_t born = 0;
};

/// Calls that a signal interrupts are repeated. Threads: any.
class SystemCalls {
 public:
  virtual ~SystemCalls() = default;
  virtual int open(const std::string& path, int flags, mode_t mode);
  virtual int close(int file);
  virtual ssize_t write(int file, const char* data, std::size_t size);
  virtual ssize_t read_at(int file, char* data, std::size_t size, std::int64_t offset);
  /// Inside the kernel, to the end of `to`. 0 at the end of `from`.
  virtual ssize_t copy(int from, std::int64_t offset, int to, std::size_t size);
  virtual int sync(int file);
  virtual int rename(const std::string& from, const std::string& to);
  virtual int make_folder(const std::string& path, mode_t mode);
  virtual int remove_folder(const std::string& path);
  virtual int unlink(const std::string& path);
  /// Links are not followed.
  virtual int inspect(const std::string& path, FileInfo& info);
  virtual int inspect(int file, FileInfo& info);
  /// Names without `.` and `..`, in no order.
  virtual int read_folder(const std::string& path, std::vector<std::string>& names);
};

}  // namespace gw::filestore
