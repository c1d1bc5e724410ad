#include "formats/id3_cover.hpp"

#include <algorithm>
#include <cstdint>

namespace gw::formats {
namespace {

constexpr std::size_t kHeader = 10;
constexpr unsigned kUnsynchronised = 0x80, kExtendedHeader = 0x40;
/// Grouping, compression, encryption, unsynchronisation, length: such frames have more before their bytes.
constexpr unsigned kFrameIsPlain = 0;
constexpr unsigned char kFrontCover = 3;

std::uint32_t byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// `bits` of each byte count: 7 for sizes that keep clear of the sync pattern, else 8.
std::size_t number(std::string_view text, std::size_t at, std::size_t bytes, int bits) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value = value << bits | byte_at(text, at + i);
  return value;
}

/// Takes up to the zero that ends a text, and the zero itself. Two zeros end UTF-16, at an even place.
std::optional<std::string_view> take_text(std::string_view& rest, bool is_wide) {
  std::size_t end = 0;
  if (is_wide) {
    while (end + 1 < rest.size() && (rest[end] != 0 || rest[end + 1] != 0)) end += 2;
    if (end + 1 >= rest.size()) return std::nullopt;
  } else {
    end = rest.find('\0');
    if (end == rest.npos) return std::nullopt;
  }
  const std::string_view text = rest.substr(0, end);
  rest.remove_prefix(end + (is_wide ? 2 : 1));
  return text;
}

struct Picture {
  Id3Cover cover;
  bool is_front = false;
};

/// Version 2.2 has three letters instead of a media type.
std::optional<Picture> read_picture(std::string_view frame, int version) {
  constexpr unsigned char kUtf16 = 1, kUtf16Plain = 2;
  if (frame.empty()) return std::nullopt;
  const std::uint32_t encoding = byte_at(frame, 0);
  std::string_view rest = frame.substr(1);
  Picture picture;
  if (version == 2) {
    if (rest.size() < 3) return std::nullopt;
    picture.cover.media_type = rest.starts_with("PNG") ? "image/png" : "image/jpeg";
    rest.remove_prefix(3);
  } else {
    const auto type = take_text(rest, false);
    if (!type) return std::nullopt;
    picture.cover.media_type = *type;
  }
  if (rest.empty()) return std::nullopt;
  picture.is_front = byte_at(rest, 0) == kFrontCover;
  rest.remove_prefix(1);
  if (!take_text(rest, encoding == kUtf16 || encoding == kUtf16Plain) || rest.empty()) return std::nullopt;
  picture.cover.bytes = rest;
  return picture;
}

}  // namespace

std::optional<Id3Cover> find_id3_cover(std::string_view file) {
  if (file.size() < kHeader || !file.starts_with("ID3")) return std::nullopt;
  const int version = static_cast<int>(byte_at(file, 3));
  const std::uint32_t flags = byte_at(file, 5);
  if (version < 2 || version > 4 || (flags & kUnsynchronised)) return std::nullopt;
  std::string_view rest = file.substr(kHeader, number(file, 6, 4, 7));
  if (version > 2 && (flags & kExtendedHeader)) {
    if (rest.size() < 4) return std::nullopt;
    const std::size_t size = number(rest, 0, 4, version == 4 ? 7 : 8) + (version == 4 ? 0 : 4);
    rest.remove_prefix(std::min(size, rest.size()));
  }
  const std::size_t id_size = version == 2 ? 3 : 4;
  const std::size_t head_size = version == 2 ? 6 : 10;
  std::optional<Id3Cover> found;
  while (rest.size() > head_size && rest.front() != '\0') {
    const bool is_picture = rest.starts_with(version == 2 ? "PIC" : "APIC");
    const std::size_t size = number(rest, id_size, version == 2 ? 3 : 4, version == 4 ? 7 : 8);
    const bool is_plain = version == 2 || byte_at(rest, 9) == kFrameIsPlain;
    rest.remove_prefix(head_size);
    if (size > rest.size()) break;
    if (is_picture && is_plain) {
      const auto picture = read_picture(rest.substr(0, size), version);
      if (picture && picture->is_front) return picture->cover;
      if (picture && !found) found = picture->cover;
    }
    rest.remove_prefix(size);
  }
  return found;
}

}  // namespace gw::formats
