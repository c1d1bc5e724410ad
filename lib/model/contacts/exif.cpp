#include "model/contacts/exif.hpp"

#include <algorithm>
#include <optional>

#include "core/text.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::uint32_t kModelTag = 0x0110, kOrientationTag = 0x0112, kExifTag = 0x8769, kIsoTag = 0x8827,
                        kCapturedTag = 0x9003, kCapturedZoneTag = 0x9011;
constexpr std::uint32_t kAscii = 2, kShort = 3, kLong = 4;
constexpr std::size_t kEntrySize = 12;
constexpr std::size_t kMaxModel = 255;
constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute;

/// Numbers of a TIFF block in its own byte order; reading past the end gives 0.
class TiffBlock {
 public:
  explicit TiffBlock(std::string_view bytes) : bytes_(bytes), is_little_(bytes.starts_with("II")) {}
  [[nodiscard]] bool is_tiff() const { return is_little_ || bytes_.starts_with("MM"); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::uint32_t number16(std::size_t i) const {
    return is_little_ ? at(i + 1) << 8 | at(i) : at(i) << 8 | at(i + 1);
  }
  [[nodiscard]] std::uint32_t number32(std::size_t i) const {
    return is_little_ ? number16(i + 2) << 16 | number16(i) : number16(i) << 16 | number16(i + 2);
  }
  [[nodiscard]] std::string_view text(std::size_t i, std::size_t size) const {
    return i <= bytes_.size() && size <= bytes_.size() - i ? bytes_.substr(i, size) : std::string_view();
  }

 private:
  [[nodiscard]] std::uint32_t at(std::size_t i) const {
    return i < bytes_.size() ? static_cast<unsigned char>(bytes_[i]) : 0;
  }
  std::string_view bytes_;
  bool is_little_;
};

/// One list of tagged values.
class Directory {
 public:
  Directory(const TiffBlock& block, std::size_t offset) : block_(block), offset_(offset) {
    if (offset == 0 || offset + 2 > block.size()) return;
    count_ = std::min<std::size_t>(block.number16(offset), (block.size() - offset - 2) / kEntrySize);
  }

  [[nodiscard]] std::uint32_t number(std::uint32_t tag) const {
    const auto entry = find(tag);
    if (!entry) return 0;
    const std::uint32_t type = block_.number16(*entry + 2);
    if (type == kShort) return block_.number16(*entry + 8);
    return type == kLong ? block_.number32(*entry + 8) : 0;
  }

  /// Up to its first NUL.
  [[nodiscard]] std::string_view text(std::uint32_t tag) const {
    const auto entry = find(tag);
    if (!entry || block_.number16(*entry + 2) != kAscii) return {};
    const std::size_t size = block_.number32(*entry + 4);
    const std::size_t place = size <= 4 ? *entry + 8 : block_.number32(*entry + 8);
    const std::string_view whole = block_.text(place, size);
    return trim(whole.substr(0, whole.find('\0')));
  }

 private:
  /// Where its entry begins.
  [[nodiscard]] std::optional<std::size_t> find(std::uint32_t tag) const {
    for (std::size_t i = 0; i < count_; ++i) {
      const std::size_t entry = offset_ + 2 + i * kEntrySize;
      if (block_.number16(entry) == tag) return entry;
    }
    return std::nullopt;
  }

  const TiffBlock& block_;
  std::size_t offset_;
  std::size_t count_ = 0;
};

int digits_at(std::string_view text, std::size_t place, std::size_t count) {
  const auto number = parse_integer(text.substr(place, count));
  return number && *number >= 0 ? static_cast<int>(*number) : -1;
}

/// `+02:00`, east positive. Anything else is UTC.
std::int64_t zone_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return 0;
  const int hours = digits_at(text, 1, 2), minutes = digits_at(text, 4, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return 0;
  const std::int64_t offset = hours * kHour + minutes * kMinute;
  return text[0] == '-' ? -offset : offset;
}

/// `2026:11:30 12:34:56`.
Millis parse_instant(std::string_view text, std::string_view zone) {
  constexpr std::string_view kForm = "dddd:dd:dd dd:dd:dd";
  if (text.size() != kForm.size()) return {};
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != kForm[i]) return {};
  const auto day = date_from_civil({digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2)});
  const int hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2), second = digits_at(text, 17, 2);
  if (!day || hour > 23 || minute > 59 || second > 60) return {};
  return {day->to_millis() + hour * kHour + minute * kMinute + second * 1'000 - zone_offset(zone)};
}

std::string clean_model(std::string_view text) {
  const bool has_control =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (has_control || !is_valid_utf8(text)) return {};
  return std::string(first_characters(text, kMaxModel));
}

}  // namespace

CameraNotes read_camera_notes(std::string_view bytes) {
  CameraNotes notes;
  const TiffBlock block(bytes);
  if (!block.is_tiff()) return notes;
  const Directory main(block, block.number32(4));
  const Directory exif(block, main.number(kExifTag));
  const auto orientation = static_cast<int>(main.number(kOrientationTag));
  if (orientation >= 1 && orientation <= 8) notes.orientation = orientation;
  notes.model = clean_model(main.text(kModelTag));
  notes.iso_speed = exif.number(kIsoTag);
  notes.captured = parse_instant(exif.text(kCapturedTag), exif.text(kCapturedZoneTag));
  return notes;
}

}  // namespace gw::model::contacts
