#include "filestore/s3/s3_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/text.hpp"

namespace gw::filestore {
namespace {

using Kind = StoreError::Kind;
constexpr int kPartialContent = 206;
constexpr int kNoRange = 416;

/// The size of the whole object out of `bytes 5-9/10`; empty unless the range begins at `begin`.
std::optional<std::int64_t> size_in_range(std::string_view header, std::int64_t begin) {
  const std::size_t slash = header.find('/');
  if (slash == header.npos || !header.starts_with(fmt::format("bytes {}-", begin))) return std::nullopt;
  return parse_integer(header.substr(slash + 1));
}

[[noreturn]] void refuse_range(std::int64_t offset) {
  throw StoreError(Kind::Range, fmt::format("the file has no range from {}", offset));
}

}  // namespace

std::int64_t size_of_object(S3Client& client, const std::string& key) {
  try {
    const S3Answer answer = client.call({.method = "HEAD", .key = key});
    if (answer.content_length >= 0) return answer.content_length;
    throw StoreError(Kind::Io, fmt::format("{}: no size for {}", client.place(), key));
  } catch (const S3Failure& problem) {
    if (problem.kind() != Kind::Missing) throw;
  }
  try {
    client.call({.method = "HEAD"});
  } catch (const S3Failure& problem) {
    if (problem.kind() != Kind::Missing) throw;
    throw StoreError(Kind::Unavailable, client.place() + ": the bucket does not exist");
  }
  throw StoreError(Kind::Missing, fmt::format("{}: {} is not there", client.place(), key));
}

S3Reader::S3Reader(std::shared_ptr<S3Client> client, std::string key, std::int64_t offset,
                   std::int64_t length)
    : client_(std::move(client)), key_(std::move(key)), position_(offset), end_(-1) {
  if (offset < 0 || length < -1) refuse_range(offset);
  if (length == 0) {
    if (offset > size_of_object(*client_, key_)) refuse_range(offset);
    end_ = offset;
    return;
  }
  if (length > 0 && length <= std::numeric_limits<std::int64_t>::max() - offset) end_ = offset + length;
  begin_or_end_of_empty_range();
}

void S3Reader::begin_or_end_of_empty_range() {
  try {
    begin();
  } catch (const S3Failure& problem) {
    if (problem.status() != kNoRange) throw;
    // The protocol has no empty ranges; ours may begin at the end.
    if (position_ != size_of_object(*client_, key_)) refuse_range(position_);
    end_ = position_;
  }
}

void S3Reader::begin() {
  S3Request request{.method = "GET", .key = key_};
  const bool is_range = position_ > 0 || end_ >= 0;
  if (is_range)
    // Never from the end (`bytes=-n`): not all services count it right.
    request.headers.push_back(end_ < 0 ? fmt::format("Range: bytes={}-", position_)
                                       : fmt::format("Range: bytes={}-{}", position_, end_ - 1));
  transfer_.reset();
  transfer_ = client_->begin(request);
  const auto size = is_range ? size_in_range(transfer_->header("content-range"), position_)
                             : parse_integer(transfer_->header("content-length"));
  if (!size || *size < position_)
    throw StoreError(Kind::Io,
                     fmt::format("{}: the range of {} is not what was asked for", client_->place(), key_));
  // Services that send more than was asked for exist; what is too much is not read.
  end_ = end_ < 0 ? *size : std::min(end_, *size);
  if (end_ == position_) transfer_.reset();
}

std::size_t S3Reader::read(std::span<char> buffer) {
  while (position_ != end_ && !buffer.empty()) {
    try {
      if (!transfer_) begin();
      const auto wanted = static_cast<std::size_t>(
          std::min<std::int64_t>(end_ - position_, static_cast<std::int64_t>(buffer.size())));
      const std::size_t count = transfer_->read(buffer.first(wanted));
      if (count == 0) throw TransferFailure("the body ended too early");
      position_ += static_cast<std::int64_t>(count);
      repetitions_ = 0;
      if (position_ == end_) transfer_.reset();
      return count;
    } catch (const TransferFailure& problem) {
      transfer_.reset();
      if (++repetitions_ > S3Client::kRepetitions)
        throw StoreError(Kind::Unavailable,
                         fmt::format("{}: GET {}: {}", client_->place(), key_, problem.what()));
      S3Client::pause_before(repetitions_);
    }
  }
  return 0;
}

}  // namespace gw::filestore
