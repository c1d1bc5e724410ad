// Recognising a picture and its size from the first bytes, before a decoder sees it.
#include <algorithm>
#include <array>

#include "model/contacts/picture.hpp"

namespace gw::model::contacts {
namespace {

/// Numbers of a byte string; reading past the end gives 0.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::uint32_t at(std::size_t i) const {
    return i < bytes_.size() ? static_cast<unsigned char>(bytes_[i]) : 0;
  }
  [[nodiscard]] std::uint32_t big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
  [[nodiscard]] std::uint32_t big32(std::size_t i) const { return big16(i) << 16 | big16(i + 2); }
  [[nodiscard]] std::uint32_t little16(std::size_t i) const { return at(i + 1) << 8 | at(i); }
  [[nodiscard]] std::uint32_t little32(std::size_t i) const { return little16(i + 2) << 16 | little16(i); }
  /// What there is of it.
  [[nodiscard]] std::string_view piece(std::size_t begin, std::size_t end) const {
    return begin < end && begin <= bytes_.size() ? bytes_.substr(begin, end - begin) : std::string_view();
  }
  [[nodiscard]] bool has(std::size_t i, std::string_view text) const {
    return i <= bytes_.size() && bytes_.substr(i).starts_with(text);
  }

 private:
  std::string_view bytes_;
};

bool is_frame_header(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Source: ITU T.81 annex B: markers with lengths up to the frame header.
std::optional<PictureInfo> inspect_jpeg(const Bytes& file) {
  PictureInfo info;
  std::size_t i = 2;
  while (i + 4 <= file.size()) {
    if (file.at(i) != 0xFF) return std::nullopt;
    const std::uint32_t marker = file.at(i + 1);
    if (marker == 0xFF) {
      ++i;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      i += 2;
      continue;
    }
    const std::size_t length = file.big16(i + 2);
    if (length < 2 || marker == 0xD9 || marker == 0xDA) return std::nullopt;
    if (is_frame_header(marker)) {
      if (i + 9 > file.size()) return std::nullopt;
      info.height = static_cast<int>(file.big16(i + 5));
      info.width = static_cast<int>(file.big16(i + 7));
      return info;
    }
    if (marker == 0xE1 && file.has(i + 4, std::string_view("Exif\0\0", 6)))
      info.camera = read_camera_notes(file.piece(i + 10, i + 2 + length));
    i += 2 + length;
  }
  return std::nullopt;
}

/// A BMP's height is negative when its rows run from top to bottom.
int bmp_height(std::uint32_t stored) {
  const auto height = static_cast<std::int64_t>(static_cast<std::int32_t>(stored));
  const std::int64_t size = height < 0 ? -height : height;
  return static_cast<int>(std::min<std::int64_t>(size, INT32_MAX));
}

constexpr std::string_view kJpeg = "\xFF\xD8\xFF", kPng = "\x89PNG\r\n\x1A\n", kGif87 = "GIF87a",
                           kGif89 = "GIF89a", kBmp = "BM";

std::optional<PictureInfo> inspect_known(const Bytes& file) {
  if (file.has(0, kJpeg)) return inspect_jpeg(file);
  if (file.has(0, kPng) && file.has(12, "IHDR") && file.size() >= 24)
    return PictureInfo{PictureFormat::Png,
                       static_cast<int>(std::min(file.big32(16), 0x7FFFFFFFU)),
                       static_cast<int>(std::min(file.big32(20), 0x7FFFFFFFU)),
                       {}};
  if ((file.has(0, kGif87) || file.has(0, kGif89)) && file.size() >= 13)
    return PictureInfo{
        PictureFormat::Gif, static_cast<int>(file.little16(6)), static_cast<int>(file.little16(8)), {}};
  if (file.has(0, kBmp) && file.size() >= 26) {
    if (file.little32(14) == 12)
      return PictureInfo{
          PictureFormat::Bmp, static_cast<int>(file.little16(18)), static_cast<int>(file.little16(20)), {}};
    return PictureInfo{PictureFormat::Bmp,
                       static_cast<int>(std::min(file.little32(18), 0x7FFFFFFFU)),
                       bmp_height(file.little32(22)),
                       {}};
  }
  return std::nullopt;
}

}  // namespace

std::string_view mime_type(PictureFormat format) {
  switch (format) {
    case PictureFormat::Jpeg:
      return "image/jpeg";
    case PictureFormat::Png:
      return "image/png";
    case PictureFormat::Gif:
      return "image/gif";
    case PictureFormat::Bmp:
      return "image/bmp";
  }
  return "image/jpeg";
}

bool may_be_picture(std::string_view begin) {
  for (const std::string_view mark : {kJpeg, kPng, kGif87, kGif89, kBmp})
    if (begin.starts_with(mark.substr(0, begin.size()))) return true;
  return false;
}

std::optional<PictureInfo> inspect_picture(std::string_view bytes) {
  auto info = inspect_known(Bytes(bytes));
  if (info && (info->width <= 0 || info->height <= 0)) info.reset();
  return info;
}

}  // namespace gw::model::contacts
