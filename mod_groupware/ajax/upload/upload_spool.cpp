#include "ajax/upload/upload_spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/errors/upload.hpp"
#include "core/log.hpp"
#include "core/random.hpp"

namespace gw::ajax {
namespace {

constexpr std::string_view kPrefix = "groupware-upload-";

[[noreturn]] void fail_on_disk(const std::string& path, int error) {
  log(LogLevel::Error, "GW0207",
      fmt::format("an upload cannot be kept in {}: {}", path, std::strerror(error)));
  throw Unavailable("There is no room for uploads at the moment.");
}

}  // namespace

UploadSpool::UploadSpool(std::string folder, SpoolLimits limits, Request& request)
    : folder_(std::move(folder)), limits_(limits), request_(request) {}

UploadSpool::~UploadSpool() {
  close_file();
  if (!upload_.path.empty()) unlink(upload_.path.c_str());
  for (const Upload& upload : request_.uploads) unlink(upload.path.c_str());
}

void UploadSpool::begin_part(const PartHead& head) {
  head_ = head;
  if (head_.name.empty()) head_.name = parts_ == 0 ? "json" : fmt::format("file_{}", parts_ - 1);
  is_file_ = head.file_name.has_value() || (head.name.empty() && parts_ > 0);
  ++parts_;
  field_.clear();
  if (is_file_) open_file(head_);
}

void UploadSpool::part_data(std::string_view bytes) {
  if (is_file_) {
    write_file(bytes);
    return;
  }
  field_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (field_bytes_ > limits_.fields) throw HttpError(413, "The fields of the upload are too large.");
  field_ += bytes;
}

void UploadSpool::end_part() {
  if (!is_file_) {
    request_.form.add(head_.name, std::move(field_));
    field_.clear();
    return;
  }
  close_file();
  // A file field left empty by the browser: no name and no byte means no file.
  if (upload_.file_name.empty() && upload_.size == 0) {
    unlink(upload_.path.c_str());
  } else {
    request_.uploads.push_back(upload_);
  }
  upload_ = {};
}

void UploadSpool::open_file(const PartHead& head) {
  upload_.field = head.name;
  upload_.file_name = head.file_name.value_or("");
  upload_.content_type = head.content_type;
  const std::string path = fmt::format("{}/{}{}", folder_, kPrefix, random_hex(16));
  descriptor_ = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) fail_on_disk(folder_, errno);
  upload_.path = path;
}

void UploadSpool::write_file(std::string_view bytes) {
  upload_.size += static_cast<std::int64_t>(bytes.size());
  if (upload_.size > limits_.file)
    throw ApiError(errors::upl::kTooLarge, {upload_.file_name, std::to_string(limits_.file)});
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_on_disk(folder_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void UploadSpool::close_file() noexcept {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

int remove_stale_uploads(const std::string& folder, std::chrono::seconds older_than) noexcept {
  namespace fs = std::filesystem;
  int removed = 0;
  std::error_code error;
  const auto limit = fs::file_time_type::clock::now() - older_than;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->path().filename().native().starts_with(kPrefix)) continue;
    std::error_code ignored;
    if (entry->last_write_time(ignored) >= limit || ignored) continue;
    removed += fs::remove(entry->path(), ignored) ? 1 : 0;
  }
  return removed;
}

}  // namespace gw::ajax
