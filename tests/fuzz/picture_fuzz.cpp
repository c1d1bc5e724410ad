// Any bytes as a picture: what the head says, and for small pictures what becomes of them when stored and
// delivered. Large ones are not decoded here: that is libgd's and the decoders' work, and would leave a few
// inputs a second.
#include <gd.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "model/contacts/picture.hpp"

namespace {

using namespace gw::model::contacts;
using gw::fuzz::is_taken;
using gw::fuzz::require;

constexpr std::int64_t kDecodedPixels = 64 * 64;
constexpr std::int64_t kMaxBytes = 100'000;
constexpr int kBox = 9;

void require_same(const PictureInfo& a, const PictureInfo& b) {
  require(a.format == b.format && a.width == b.width && a.height == b.height &&
          a.camera.orientation == b.camera.orientation && a.camera.model == b.camera.model &&
          a.camera.captured == b.camera.captured && a.camera.iso_speed == b.camera.iso_speed);
}

void check_head(const PictureInfo& info, std::string_view bytes) {
  require(info.width > 0 && info.height > 0);
  require(info.camera.orientation >= 1 && info.camera.orientation <= 8);
  require(info.camera.orientation == 1 || info.format == PictureFormat::Jpeg);
  // A head that was understood is complete: what follows changes nothing.
  const auto longer = inspect_picture(std::string(bytes) + "\xFF\xC0\x01\x02\x03\x04\x05\x06\x07\x08");
  require(longer.has_value());
  require_same(*longer, info);
}

void check_delivery(const PictureFile& stored) {
  for (const ScaleType type :
       {ScaleType::Contain, ScaleType::ContainForceDimension, ScaleType::Cover, ScaleType::CoverAndCrop}) {
    PictureFile scaled;
    const bool is_scaled = is_taken({"CON-0108"}, [&] {
      scaled = transform_picture(stored, {.width = kBox, .height = kBox, .scale = type, .rotate = true});
    });
    if (!is_scaled) continue;
    const auto info = inspect_picture(scaled.bytes);
    require(info && scaled.mime_type == mime_type(info->format));
    if (type != ScaleType::Cover) require(info->width <= kBox && info->height <= kBox);
    if (type == ScaleType::ContainForceDimension) require(info->width == kBox && info->height == kBox);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gdSetErrorMethod([](int, const char*, va_list) {});  // broken files are no news
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto info = inspect_picture(bytes);
  if (info) check_head(*info, bytes);
  const bool is_huge = info && std::int64_t{info->width} * info->height > kMaxPixels;
  if (info && !is_huge && std::int64_t{info->width} * info->height > kDecodedPixels) return 0;
  PictureFile stored;
  const bool is_stored = is_taken({"CON-0108", "CON-0136", "CON-0172"},
                                  [&] { stored = prepare_picture(bytes, "image/png", kMaxBytes); });
  require(!is_stored || (info && !is_huge && bytes.size() <= kMaxBytes));
  if (!is_stored) return 0;
  const auto kept = inspect_picture(stored.bytes);
  require(kept && kept->width <= kStoredWidth && kept->height <= kStoredHeight);
  require(stored.mime_type == mime_type(kept->format));
  if (info->width <= kStoredWidth && info->height <= kStoredHeight) require(stored.bytes == bytes);
  check_delivery(stored);
  return 0;
}
