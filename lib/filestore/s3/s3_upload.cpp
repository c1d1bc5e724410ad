#include "filestore/s3/s3_upload.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "filestore/s3/s3_xml.hpp"

namespace gw::filestore {
namespace {

using Kind = StoreError::Kind;

/// Limit of the protocol; with parts of 8 MiB a file may have 80 GB.
constexpr std::size_t kMostParts = 10'000;
/// The service copies at most 5 GiB in one request; a small piece keeps the request short.
constexpr std::int64_t kCopyPiece = 256 * 1'048'576;
/// All parts but the last must have this size.
constexpr std::int64_t kSmallestPart = 5 * 1'048'576;
constexpr int kNoAppend = 501;

}  // namespace

S3Upload::S3Upload(std::shared_ptr<S3Client> client, const std::string& name_space, std::string id)
    : client_(std::move(client)), key_(name_space + "/" + id), id_(std::move(id)) {}

S3Upload::~S3Upload() { abort(); }

void S3Upload::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (part_.size() == kPartSize) send_part();
    const std::string_view taken = bytes.substr(0, kPartSize - part_.size());
    // Growing by doubling would end beyond a part.
    if (part_.size() + taken.size() > kPartSize / 2) part_.reserve(kPartSize);
    part_ += taken;
    size_ += static_cast<std::int64_t>(taken.size());
    bytes.remove_prefix(taken.size());
  }
}

std::string S3Upload::commit() {
  if (upload_id_.empty()) {
    put_whole();
  } else {
    try {
      if (!part_.empty()) send_part();
      join_parts();
    } catch (const StoreError&) {
      abort();
      throw;
    }
  }
  upload_id_.clear();
  return id_;
}

void S3Upload::put_whole() {
  try {
    client_->call_making_bucket({.method = "PUT", .key = key_, .body = part_});
  } catch (const S3Failure& problem) {
    // Whether it came to be is not known: it must not.
    if (problem.is_passing()) {
      try {
        client_->call({.method = "DELETE", .key = key_});
      } catch (const StoreError&) {
        // What remains is an orphan, which the check finds; the caller learns the first error.
      }
    }
    throw;
  }
}

void S3Upload::begin_multipart() {
  const S3Answer answer = client_->call_making_bucket(
      {.method = "POST", .key = key_, .query = {{"uploads", ""}}, .is_idempotent = false});
  upload_id_ = parse_s3_xml(answer.body).child_text("UploadId");
  if (upload_id_.empty())
    throw StoreError(Kind::Io, fmt::format("{}: no UploadId for {}", client_->place(), key_));
}

void S3Upload::send_part() {
  if (etags_.size() == kMostParts)
    throw StoreError(Kind::Full,
                     fmt::format("{}: {} would have more than {} parts", client_->place(), key_, kMostParts));
  if (upload_id_.empty()) begin_multipart();
  const S3Answer answer =
      client_->call({.method = "PUT",
                     .key = key_,
                     .query = {{"partNumber", std::to_string(etags_.size() + 1)}, {"uploadId", upload_id_}},
                     .body = part_});
  add_part(answer.etag);
  part_.clear();
}

void S3Upload::add_part(std::string etag) {
  // It goes back as it came, into XML.
  if (etag.empty() || etag.find_first_of("<&") != etag.npos)
    throw StoreError(Kind::Io, fmt::format("{}: a part of {} has no usable ETag", client_->place(), key_));
  etags_.push_back(std::move(etag));
}

bool S3Upload::copy_from(const std::string& key, std::int64_t size) {
  begin_multipart();
  for (std::int64_t offset = 0; offset < size;) {
    const std::int64_t rest = size - offset;
    // The last piece takes what would be too small for one of its own: more parts may follow it.
    const std::int64_t piece = rest < kCopyPiece + kSmallestPart ? rest : kCopyPiece;
    try {
      copy_piece(key, offset, piece);
    } catch (const S3Failure& problem) {
      if (problem.status() != kNoAppend || offset != 0) throw;
      abort();
      return false;
    }
    offset += piece;
  }
  size_ = size;
  return true;
}

void S3Upload::copy_piece(const std::string& key, std::int64_t offset, std::int64_t size) {
  const S3Answer answer = client_->call(
      {.method = "PUT",
       .key = key_,
       .query = {{"partNumber", std::to_string(etags_.size() + 1)}, {"uploadId", upload_id_}},
       .headers = {fmt::format("x-amz-copy-source: /{}/{}", client_->settings().bucket, key),
                   fmt::format("x-amz-copy-source-range: bytes={}-{}", offset, offset + size - 1)},
       .is_long = true});
  add_part(std::string(parse_s3_xml(answer.body).child_text("ETag")));
}

void S3Upload::join_parts() {
  std::string body = "<CompleteMultipartUpload>";
  for (std::size_t i = 0; i < etags_.size(); ++i)
    body += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>", i + 1, etags_[i]);
  body += "</CompleteMultipartUpload>";
  try {
    client_->call({.method = "POST",
                   .key = key_,
                   .query = {{"uploadId", upload_id_}},
                   .body = body,
                   .is_idempotent = false,
                   .is_long = true});
  } catch (const S3Failure& problem) {
    // The parts may have been joined although the answer was lost.
    if (!problem.is_passing() || !is_complete_after_all()) throw;
  }
}

bool S3Upload::is_complete_after_all() {
  try {
    return client_->call({.method = "HEAD", .key = key_}).content_length == size_;
  } catch (const StoreError&) {
    return false;
  }
}

void S3Upload::abort() noexcept {
  if (upload_id_.empty()) return;
  try {
    client_->call({.method = "DELETE", .key = key_, .query = {{"uploadId", upload_id_}}});
  } catch (const std::exception&) {
    // remove_stale_uploads finds it later.
  }
  upload_id_.clear();
  etags_.clear();
}

}  // namespace gw::filestore
