#include "ajax/delivery/file_delivery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "core/errors/attachment.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/task.hpp"
#include "core/log.hpp"
#include "core/random.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kPiece = 65'536;

std::string content_range(ByteRange range, std::int64_t size) {
  return fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.length - 1, size);
}

Response unsatisfiable(std::int64_t size) {
  Response response =
      Response::page(416,
                     "<!DOCTYPE html><html><head><title>416 Range Not Satisfiable</title></head><body>"
                     "<h1>Range Not Satisfiable</h1><p>The file has no such part.</p></body></html>");
  response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
  return response;
}

Response one_part(const RangedBytes& bytes, ByteRange range, const std::string& content_type) {
  Response response = Response::raw(content_type, {});
  if (range.length == 0) return response;
  response.stream_length = range.length;
  response.stream = [pour = bytes.pour, range](const BodyWriter& write) { pour(range, write); };
  if (bytes.local_path) response.file = FilePart{*bytes.local_path, range.offset, range.length};
  return response;
}

Response several_parts(const RangedBytes& bytes, std::span<const ByteRange> ranges,
                       const std::string& content_type) {
  struct Part {
    std::string head;
    ByteRange range;
  };
  const std::string boundary = random_hex(16);
  const std::string end = "\r\n--" + boundary + "--\r\n";
  std::vector<Part> parts;
  auto total = static_cast<std::int64_t>(end.size());
  for (const ByteRange& range : ranges) {
    parts.push_back({fmt::format("\r\n--{}\r\nContent-Type: {}\r\nContent-Range: {}\r\n\r\n", boundary,
                                 content_type, content_range(range, bytes.size)),
                     range});
    total += static_cast<std::int64_t>(parts.back().head.size()) + range.length;
  }
  Response response = Response::raw("multipart/byteranges; boundary=" + boundary, {});
  response.stream_length = total;
  response.stream = [pour = bytes.pour, parts = std::move(parts), end](const BodyWriter& write) {
    for (const Part& part : parts)
      if (!write(part.head) || !pour(part.range, write)) return;
    write(end);
  };
  return response;
}

/// What is not there, or not where it was looked for: 404 whatever its category says.
constexpr const ErrorCode* kMissing[] = {
    &errors::ifo::kNotFound,     &errors::ifo::kGone,           &errors::ifo::kNoFile,
    &errors::ifo::kNoFileFolder, &errors::fls::kMissing,        &errors::att::kNotFound,
    &errors::con::kNotFound,     &errors::con::kNotInFolder,    &errors::cal::kNotFound,
    &errors::cal::kNotInFolder,  &errors::cal::kFolderNotFound, &errors::cal::kAttachmentNotFound,
    &errors::tsk::kNotFound,     &errors::tsk::kNotInFolder};

int status_of(const ErrorCode& code) {
  const auto is_code = [&](const ErrorCode* missing) { return code == *missing; };
  if (std::any_of(std::begin(kMissing), std::end(kMissing), is_code)) return 404;
  if (code.prefix == "FLD" && code.category != Category::PermissionDenied) return 404;
  switch (code.category) {
    case Category::PermissionDenied:
      return 403;
    case Category::UserInput:
      return 400;
    case Category::ServiceDown:
    case Category::TryAgain:
      return 503;
    default:
      return code.prefix == "SVL" ? 400 : 500;
  }
}

}  // namespace

bool pour(const StoredBytes& bytes, ByteRange range, const BodyWriter& write) {
  const auto reader = bytes.store->open(bytes.id, range.offset, range.length);
  std::vector<char> piece(kPiece);
  for (std::int64_t left = range.length; left > 0;) {
    const std::size_t read = reader->read(piece);
    if (read == 0) throw std::runtime_error("a stored file is shorter than its row says");
    if (!write({piece.data(), read})) return false;
    left -= static_cast<std::int64_t>(read);
  }
  return true;
}

std::string read_begin(const StoredBytes& bytes, std::size_t count) {
  std::string begin;
  const auto wanted = std::min<std::int64_t>(bytes.size, static_cast<std::int64_t>(count));
  if (wanted == 0) return begin;
  pour(bytes, {0, wanted}, [&begin](std::string_view piece) {
    begin += piece;
    return true;
  });
  return begin;
}

Response deliver_bytes(const Invocation& invocation, const StoredBytes& bytes, const Validators& validators,
                       const std::string& content_type) {
  RangedBytes ranged{bytes.size, {}, {}};
  ranged.pour = [bytes](ByteRange range, const BodyWriter& write) { return pour(bytes, range, write); };
  if (bytes.size > 0) {
    ranged.local_path = bytes.store->local_path(bytes.id);
    // The file is looked for now, while the answer can still be an error page.
    bytes.store->size(bytes.id);
  }
  return deliver_ranged(invocation, ranged, validators, content_type);
}

Response deliver_ranged(const Invocation& invocation, const RangedBytes& bytes, const Validators& validators,
                        const std::string& content_type) {
  const Request& request = invocation.request;
  RangeRequest wanted;
  if (ranges_apply(request, validators, invocation.work.now()))
    wanted = parse_ranges(request.range, bytes.size);
  if (wanted.kind == RangeRequest::Kind::Unsatisfiable) return unsatisfiable(bytes.size);
  Response response;
  if (wanted.kind == RangeRequest::Kind::Whole) {
    response = one_part(bytes, {0, bytes.size}, content_type);
  } else if (wanted.ranges.size() == 1) {
    response = one_part(bytes, wanted.ranges.front(), content_type);
    response.headers.emplace_back("Content-Range", content_range(wanted.ranges.front(), bytes.size));
    response.status = 206;
  } else {
    response = several_parts(bytes, wanted.ranges, content_type);
    response.status = 206;
  }
  response.headers.emplace_back("Accept-Ranges", "bytes");
  return response;
}

void throw_page_of_current_exception() try { throw; } catch (const ApiError& error) {
  const int status = status_of(error.code());
  if (status == 503) throw Unavailable(error.what());
  throw HttpError(status, error.what());
} catch (const filestore::StoreError& error) {
  using Kind = filestore::StoreError::Kind;
  log(LogLevel::Error, "GW0217", fmt::format("a download failed: {}", error.what()));
  if (error.kind() == Kind::Missing) throw HttpError(404, "The file is missing in the file store.");
  if (error.kind() == Kind::Unavailable) throw Unavailable("The file store is not available.");
  throw HttpError(500, "The file cannot be read.");
}

}  // namespace gw::ajax
