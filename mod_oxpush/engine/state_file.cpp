#include "state_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace oxpush {
namespace {

constexpr std::size_t kLargest = 64 * 1024 * 1024;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = write(file, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

}  // namespace

bool write_state(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  const bool is_written = write_all(file, text);
  const int reason = errno;
  const bool is_closed = close(file) == 0;
  if (is_written && is_closed) return rename(fresh.c_str(), path.c_str()) == 0;
  unlink(fresh.c_str());
  errno = reason;
  return false;
}

std::string read_state(const std::string& path) {
  std::string text;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return text;
  std::array<char, 65'536> part{};
  ssize_t got = 0;
  while ((got = read(file, part.data(), part.size())) > 0 && text.size() <= kLargest)
    text.append(part.data(), static_cast<std::size_t>(got));
  close(file);
  return got == 0 ? text : std::string();
}

}  // namespace oxpush
