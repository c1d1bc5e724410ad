#include "archive/tar_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <vector>

#include "archive/broken_archive.hpp"

namespace gw::archive {
namespace {

constexpr std::size_t kReadAtOnce = 65'536;
constexpr std::size_t kLongestPath = 1'024;

struct FreeReader {
  void operator()(struct archive* handle) const { archive_read_free(handle); }
};

bool is_plain_path(std::string_view path) {
  if (path.empty() || path.size() > kLongestPath || path.front() == '/') return false;
  return path.find("..") == std::string_view::npos && path.find('\n') == std::string_view::npos;
}

}  // namespace

struct TarReader::Parts {
  /// Freed also when the constructor throws.
  std::unique_ptr<struct archive, FreeReader> owned{archive_read_new()};
  struct archive* handle = owned.get();

  explicit Parts(int descriptor) {
    if (handle == nullptr) throw std::bad_alloc();
    if (lseek(descriptor, 0, SEEK_SET) != 0)
      throw std::system_error(errno, std::generic_category(), "reading a backup");
    archive_read_support_format_tar(handle);
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_zstd(handle);
    check(archive_read_open_fd(handle, descriptor, kReadAtOnce));
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  /// Warnings too: what we wrote ourselves has nothing to warn of.
  void check(la_ssize_t result) const {
    if (result >= ARCHIVE_OK) return;
    const char* text = archive_error_string(handle);
    throw BrokenArchive(std::string("the archive is damaged or cut off: ") +
                        (text == nullptr ? "unknown" : text));
  }
};

TarReader::TarReader(int descriptor) : parts_(std::make_unique<Parts>(descriptor)) {}
TarReader::~TarReader() = default;

std::optional<TarReader::Entry> TarReader::next() {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(parts_->handle, &entry);
  if (result == ARCHIVE_EOF) return std::nullopt;
  parts_->check(result);
  const char* path = archive_entry_pathname(entry);
  const bool is_file = archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
  if (path == nullptr || !is_file || !is_plain_path(path) || archive_entry_size_is_set(entry) == 0)
    throw BrokenArchive("the archive has an entry that no backup has");
  return Entry{path, archive_entry_size(entry)};
}

std::size_t TarReader::read(std::span<char> buffer) {
  const la_ssize_t count = archive_read_data(parts_->handle, buffer.data(), buffer.size());
  parts_->check(count);
  return static_cast<std::size_t>(count);
}

std::string TarReader::read_all(std::size_t most) {
  std::string text;
  std::vector<char> buffer(kReadAtOnce);
  while (const std::size_t count = read(buffer)) {
    text.append(buffer.data(), count);
    if (text.size() > most) throw BrokenArchive("an entry of the archive is larger than any backup makes it");
  }
  return text;
}

}  // namespace gw::archive
