#include "formats/zip/zip_writer.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>
#include <clocale>

#include <stdexcept>
#include <vector>

#include "core/text.hpp"

namespace gw::formats::zip {
namespace {

/// libarchive marks names as UTF-8 by the locale of the thread, and httpd runs in "C".
class Utf8Locale {
 public:
  Utf8Locale() : old_(uselocale(utf8())) {}
  ~Utf8Locale() { uselocale(old_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  static locale_t utf8() {
    // Kept for good: threads may use it until the process ends.
    static const locale_t made = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return made;
  }
  locale_t old_;
};

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

std::string harmless(std::string_view path) {
  std::string clean;
  for (std::string_view part : split(path, '/')) {
    if (part.empty()) continue;
    if (!clean.empty()) clean += '/';
    const bool leads_out = part == "." || part == "..";
    for (const char c : part)
      clean += c == '\\' || (leads_out && c == '.') || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
  }
  return clean.empty() ? "_" : clean;
}

}  // namespace

struct ZipWriter::Archive {
  archive* handle = archive_write_new();
  Output output;
  bool is_stopped = false;

  explicit Archive(Output given) : output(std::move(given)) {
    if (handle == nullptr) throw std::bad_alloc();
    archive_write_set_format_zip(handle);
    archive_write_set_options(handle, "zip:compression-level=1");
    archive_write_set_bytes_in_last_block(handle, 1);
    check(archive_write_open(handle, this, nullptr, pass, nullptr));
  }
  ~Archive() {
    // Freeing an unfinished archive ends its entry, which frees the compressor, and writes its end.
    is_stopped = true;
    archive_write_free(handle);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// Never fails: after an error libarchive leaks the compressor of the entry (268 KB). What nobody wants is
  /// dropped.
  static la_ssize_t pass(archive*, void* self, const void* data, std::size_t size) {
    auto* archive = static_cast<Archive*>(self);
    if (!archive->is_stopped)
      archive->is_stopped = !archive->output(std::string_view(static_cast<const char*>(data), size));
    return static_cast<la_ssize_t>(size);
  }

  /// False when nobody wants more.
  bool check(la_ssize_t result) const {
    if (is_stopped) return false;
    if (result < ARCHIVE_WARN)
      throw std::runtime_error(
          fmt::format("a ZIP archive cannot be written: {}",
                      archive_error_string(handle) == nullptr ? "unknown" : archive_error_string(handle)));
    return true;
  }
};

ZipWriter::ZipWriter(Output output) : archive_(std::make_unique<Archive>(std::move(output))) {}
ZipWriter::~ZipWriter() = default;

bool ZipWriter::begin_file(std::string_view path, std::int64_t size, Millis modified) {
  return begin(unused(harmless(path)), size, modified, false);
}

bool ZipWriter::add_folder(std::string_view path, Millis modified) {
  std::string clean = harmless(path) + '/';
  if (paths_.contains(clean)) return !archive_->is_stopped;
  return begin(std::move(clean), 0, modified, true);
}

bool ZipWriter::begin(std::string path, std::int64_t size, Millis modified, bool is_folder) {
  if (archive_->is_stopped) return false;
  const Utf8Locale locale;
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  if (!entry) throw std::bad_alloc();
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_filetype(entry.get(), is_folder ? AE_IFDIR : AE_IFREG);
  archive_entry_set_perm(entry.get(), is_folder ? 0755 : 0644);
  archive_entry_set_mtime(entry.get(), static_cast<time_t>(modified.value / 1'000), 0);
  if (!is_folder) archive_entry_set_size(entry.get(), size);
  paths_.insert(std::move(path));
  return archive_->check(archive_write_header(archive_->handle, entry.get()));
}

bool ZipWriter::write(std::string_view bytes) {
  if (archive_->is_stopped) return false;
  return archive_->check(archive_write_data(archive_->handle, bytes.data(), bytes.size()));
}

bool ZipWriter::finish() {
  if (archive_->is_stopped) return false;
  return archive_->check(archive_write_close(archive_->handle));
}

std::string ZipWriter::unused(std::string path) const {
  if (!paths_.contains(path)) return path;
  const std::size_t name = path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1;
  const std::size_t dot = path.rfind('.');
  const std::size_t cut = dot == path.npos || dot <= name ? path.size() : dot;
  for (int count = 1;; ++count) {
    std::string candidate = fmt::format("{} ({}){}", path.substr(0, cut), count, path.substr(cut));
    if (!paths_.contains(candidate)) return candidate;
  }
}

}  // namespace gw::formats::zip
