#include "ajax/upload/upload_reading.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include "ajax/delivery/media_types.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/upload.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kPiece = 65'536;
constexpr std::string_view kKinds[] = {"file", "text", "media", "image", "audio", "video", "application"};

}  // namespace

void check_upload_size(const Invocation& invocation, std::string_view file_name, std::int64_t size) {
  const std::int64_t limit = invocation.work.settings().limits.upload;
  if (limit > 0 && size > limit)
    throw ApiError(errors::upl::kTooLarge, {std::string(file_name), std::to_string(limit)});
}

void read_upload(const Upload& upload, const BodySink& sink) {
  std::ifstream file(upload.path, std::ios::binary);
  if (!file) throw std::runtime_error("an uploaded file cannot be read");
  std::vector<char> piece(kPiece);
  std::int64_t read = 0;
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    read += file.gcount();
    sink({piece.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad() || read != upload.size)
    throw std::runtime_error("an uploaded file cannot be read to its end");
}

std::string media_type_of_upload(const Upload& upload) {
  std::string type = bare_media_type(upload.content_type);
  // Browsers say this when they know nothing; the name often tells more.
  if (type.empty() || type == kUnknownType) type = media_type_of_name(upload.file_name);
  return type;
}

void require_upload_kind(std::string_view kind) {
  if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds))
    throw ApiError(errors::svl::kBadParameter, {"type", std::string(kind)});
}

void check_upload_kind(std::string_view kind, std::string_view file_name, std::string_view media_type) {
  const std::string_view primary = primary_type(media_type);
  const bool is_media = primary == "image" || primary == "audio" || primary == "video";
  if (kind == "file" || primary == kind || (kind == "media" && is_media)) return;
  if (kind == "image") throw ApiError(errors::svl::kNoImage, {std::string(file_name)});
  throw ApiError(errors::svl::kBadParameter, {"type", std::string(kind)});
}

}  // namespace gw::ajax
