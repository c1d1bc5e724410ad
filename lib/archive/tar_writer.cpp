#include "archive/tar_writer.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <exception>
#include <stdexcept>

#include "archive/manifest.hpp"
#include "core/digest.hpp"

namespace gw::archive {
namespace {

constexpr std::size_t kCopiedAtOnce = 65'536;

struct FreeWrittenEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

struct FreeWriter {
  void operator()(struct archive* handle) const { archive_write_free(handle); }
};

void choose_filter(struct archive* handle, Compression compression) {
  int result = ARCHIVE_OK;
  if (compression == Compression::Zstd) result = archive_write_add_filter_zstd(handle);
  if (compression == Compression::Gzip) result = archive_write_add_filter_gzip(handle);
  if (result != ARCHIVE_OK)
    throw std::runtime_error("libarchive cannot compress so here: choose another compression");
}

}  // namespace

struct TarWriter::Parts {
  Output output;
  std::exception_ptr failure;
  Millis now;
  mailbox::Spool checksums;
  std::string path;
  std::int64_t missing = 0;
  std::int64_t count = 0;
  std::optional<Sha256> digest;
  /// Last, because freeing it may still write; freed also when the constructor throws.
  std::unique_ptr<struct archive, FreeWriter> owned{archive_write_new()};
  struct archive* handle = owned.get();

  Parts(Output given, Compression compression, Millis instant) : output(std::move(given)), now(instant) {
    if (handle == nullptr) throw std::bad_alloc();
    archive_write_set_format_pax_restricted(handle);
    archive_write_set_bytes_in_last_block(handle, 1);
    choose_filter(handle, compression);
    check(archive_write_open(handle, this, nullptr, pass, nullptr));
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  static la_ssize_t pass(struct archive*, void* self, const void* data, std::size_t size) noexcept {
    auto* parts = static_cast<Parts*>(self);
    // Freeing an archive that failed writes its end: that goes nowhere.
    if (parts->failure) return static_cast<la_ssize_t>(size);
    try {
      parts->output(std::string_view(static_cast<const char*>(data), size));
    } catch (const std::exception&) {
      parts->failure = std::current_exception();
    }
    return static_cast<la_ssize_t>(size);
  }

  void check(la_ssize_t result) const {
    if (failure) std::rethrow_exception(failure);
    if (result >= ARCHIVE_WARN) return;
    const char* text = archive_error_string(handle);
    throw std::runtime_error(std::string("the archive cannot be written: ") +
                             (text == nullptr ? "unknown" : text));
  }
};

TarWriter::TarWriter(Output output, Compression compression, Millis now)
    : parts_(std::make_unique<Parts>(std::move(output), compression, now)) {}

TarWriter::~TarWriter() {
  // An archive that was not finished must not get a proper end.
  if (!parts_->failure) parts_->failure = std::make_exception_ptr(std::runtime_error("given up"));
}

void TarWriter::begin(std::string_view path, std::int64_t size, std::optional<Millis> modified) {
  const std::unique_ptr<archive_entry, FreeWrittenEntry> entry(archive_entry_new());
  if (!entry) throw std::bad_alloc();
  parts_->path = path;
  archive_entry_set_pathname(entry.get(), parts_->path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), static_cast<time_t>(modified.value_or(parts_->now).value / 1'000), 0);
  archive_entry_set_size(entry.get(), size);
  parts_->check(archive_write_header(parts_->handle, entry.get()));
  parts_->missing = size;
  parts_->digest.emplace();
}

void TarWriter::write(std::string_view bytes) {
  if (static_cast<std::int64_t>(bytes.size()) > parts_->missing)
    throw std::logic_error("more bytes than announced for " + parts_->path);
  parts_->digest->update(bytes);
  parts_->missing -= static_cast<std::int64_t>(bytes.size());
  if (!bytes.empty()) parts_->check(archive_write_data(parts_->handle, bytes.data(), bytes.size()));
}

void TarWriter::end() {
  if (parts_->missing != 0) throw std::logic_error("fewer bytes than announced for " + parts_->path);
  parts_->checksums.append(parts_->digest->finish() + "  " + parts_->path + "\n");
  ++parts_->count;
}

void TarWriter::add(std::string_view path, std::string_view content) {
  begin(path, static_cast<std::int64_t>(content.size()));
  write(content);
  end();
}

void TarWriter::add(std::string_view path, const mailbox::Spool& content) {
  begin(path, content.size());
  const mail::ByteSource source = content.open();
  for (std::string piece = source(kCopiedAtOnce); !piece.empty(); piece = source(kCopiedAtOnce)) write(piece);
  end();
}

void TarWriter::finish() {
  const mailbox::Spool checksums = parts_->checksums;
  parts_->checksums = mailbox::Spool();
  add(kChecksumsName, checksums);
  parts_->check(archive_write_close(parts_->handle));
  parts_->failure = std::make_exception_ptr(std::logic_error("the archive is finished"));
}

std::int64_t TarWriter::entries() const { return parts_->count; }

}  // namespace gw::archive
