#include "filestore/s3/s3_store.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/text.hpp"
#include "filestore/names.hpp"
#include "filestore/s3/s3_reader.hpp"
#include "filestore/s3/s3_upload.hpp"
#include "filestore/s3/s3_xml.hpp"

namespace gw::filestore {
namespace {

using Kind = StoreError::Kind;

/// Below it the service refuses to copy a part that is not the last.
constexpr std::int64_t kSmallestCopy = 5 * 1'048'576;
constexpr std::size_t kCopyBuffer = 65'536;
constexpr int kNoBatch = 501, kNoMethod = 405;

/// `2026-01-31T23:59:59.000Z`; 0 when it is not that.
Millis parse_time(std::string_view text) {
  constexpr std::size_t kSecondsEnd = 19;
  if (text.size() <= kSecondsEnd || text[10] != 'T') return {0};
  const auto date = parse_iso_date(text.substr(0, 10));
  const auto hour = parse_integer(text.substr(11, 2));
  const auto minute = parse_integer(text.substr(14, 2));
  const auto second = parse_integer(text.substr(17, 2));
  if (!date || !hour || !minute || !second) return {0};
  return {date->to_millis() + ((*hour * 60 + *minute) * 60 + *second) * 1'000};
}

XmlElement parse_list(const S3Client& client, const std::string& body, std::string_view wanted) {
  XmlElement list = parse_s3_xml(body);
  if (list.name != wanted)
    throw StoreError(Kind::Io, fmt::format("{}: a list was answered with something else", client.place()));
  return list;
}

}  // namespace

std::unique_ptr<FileStore> S3Root::open(std::string_view name) const {
  require_name_space(name);
  return std::make_unique<S3Store>(client_, std::string(name));
}

S3Store::S3Store(std::shared_ptr<S3Client> client, std::string name_space)
    : client_(std::move(client)), name_space_(std::move(name_space)) {}

std::string S3Store::key_of(std::string_view id) const {
  if (!is_uuid(id))
    throw StoreError(Kind::Missing,
                     fmt::format("{}: no file can have the identifier that was asked for", client_->place()));
  return fmt::format("{}/{}", name_space_, id);
}

std::unique_ptr<Upload> S3Store::create() {
  return std::make_unique<S3Upload>(client_, name_space_, make_uuid());
}

std::unique_ptr<Reader> S3Store::open(std::string_view id, std::int64_t offset, std::int64_t length) {
  return std::make_unique<S3Reader>(client_, key_of(id), offset, length);
}

std::int64_t S3Store::size(std::string_view id) { return size_of_object(*client_, key_of(id)); }

std::unique_ptr<Upload> S3Store::append(std::string_view id, std::int64_t offset) {
  const std::int64_t old_size = size(id);
  if (offset != old_size)
    throw StoreError(Kind::Offset, fmt::format("an append at {} to a file of {} bytes", offset, old_size));
  auto upload = std::make_unique<S3Upload>(client_, name_space_, make_uuid());
  if (old_size < kSmallestCopy || !upload->copy_from(key_of(id), old_size)) copy_by_hand(id, *upload);
  return upload;
}

void S3Store::copy_by_hand(std::string_view id, Upload& upload) {
  S3Reader reader(client_, key_of(id), 0, -1);
  std::vector<char> buffer(kCopyBuffer);
  while (const std::size_t count = reader.read(buffer)) upload.write({buffer.data(), count});
}

bool S3Store::remove(std::string_view id) {
  if (!is_uuid(id)) return false;
  try {
    size(id);
  } catch (const StoreError& problem) {
    if (problem.kind() != Kind::Missing) throw;
    return false;
  }
  client_->call({.method = "DELETE", .key = key_of(id)});
  return true;
}

void S3Store::list(const std::function<bool(const StoredFile&)>& visit) {
  const std::string prefix = name_space_ + "/";
  std::string token;
  do {
    S3Request request{.method = "GET", .key = {}, .query = {}};
    if (!token.empty()) request.query.emplace_back("continuation-token", token);
    request.query.emplace_back("list-type", "2");
    request.query.emplace_back("prefix", prefix);
    const XmlElement list = parse_list(*client_, client_->call(request).body, "ListBucketResult");
    for (const XmlElement& entry : list.children) {
      const std::string_view key = entry.child_text("Key");
      if (entry.name != "Contents" || !key.starts_with(prefix) || !is_uuid(key.substr(prefix.size())))
        continue;
      const StoredFile file{std::string(key.substr(prefix.size())),
                            parse_integer(entry.child_text("Size")).value_or(0),
                            parse_time(entry.child_text("LastModified"))};
      if (!visit(file)) return;
    }
    const bool is_cut = list.child_text("IsTruncated") == "true";
    std::string next(is_cut ? list.child_text("NextContinuationToken") : std::string_view{});
    if (is_cut && (next.empty() || next == token))
      throw StoreError(Kind::Io, client_->place() + ": a list does not tell how it goes on");
    token = std::move(next);
  } while (!token.empty());
}

std::int64_t S3Store::remove_stale_uploads(std::chrono::seconds age) {
  const std::int64_t newest = system_clock().now().value - std::chrono::milliseconds(age).count();
  std::int64_t removed = 0;
  std::string key_marker, id_marker;
  do {
    S3Request request{.method = "GET", .key = {}, .query = {}};
    if (!key_marker.empty()) request.query.emplace_back("key-marker", key_marker);
    request.query.emplace_back("prefix", name_space_ + "/");
    if (!id_marker.empty()) request.query.emplace_back("upload-id-marker", id_marker);
    request.query.emplace_back("uploads", "");
    XmlElement list;
    try {
      list = parse_list(*client_, client_->call(request).body, "ListMultipartUploadsResult");
    } catch (const S3Failure& problem) {
      if (problem.status() == kNoBatch || problem.status() == kNoMethod || problem.code() == "NoSuchBucket")
        return removed;
      throw;
    }
    for (const XmlElement& entry : list.children) {
      const std::string key(entry.child_text("Key"));
      if (entry.name != "Upload" || !key.starts_with(name_space_ + "/") ||
          !is_uuid(key.substr(name_space_.size() + 1)) ||
          parse_time(entry.child_text("Initiated")).value > newest)
        continue;
      client_->call({.method = "DELETE",
                     .key = key,
                     .query = {{"uploadId", std::string(entry.child_text("UploadId"))}}});
      ++removed;
    }
    const bool is_cut = list.child_text("IsTruncated") == "true";
    const std::string before = key_marker + id_marker;
    key_marker = is_cut ? list.child_text("NextKeyMarker") : std::string_view{};
    id_marker = is_cut ? list.child_text("NextUploadIdMarker") : std::string_view{};
    if (is_cut && key_marker + id_marker == before)
      throw StoreError(Kind::Io, client_->place() + ": a list does not tell how it goes on");
  } while (!key_marker.empty());
  return removed;
}

void S3Store::remove_all() {
  // Removing while the list goes on would make some services skip names.
  std::vector<std::string> page;
  constexpr std::size_t kPage = 1'000;
  do {
    page.clear();
    try {
      list([&](const StoredFile& file) {
        page.push_back(file.id);
        return page.size() < kPage;
      });
    } catch (const S3Failure& problem) {
      if (problem.code() != "NoSuchBucket") throw;
    }
    for (const std::string& id : page) client_->call({.method = "DELETE", .key = key_of(id)});
  } while (!page.empty());
  remove_stale_uploads(std::chrono::seconds(0));
}

}  // namespace gw::filestore
