#include "ajax/upload/upload_reading.hpp"

#include <fstream>
#include <vector>

#include "core/errors/upload.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kPiece = 65'536;

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

}  // namespace gw::ajax
