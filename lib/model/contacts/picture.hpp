// Pictures of contacts: what is accepted, how they are scaled for storage and for delivery. Pure functions
// over libgd. Source: spec contacts-users-groups-resources section 1 (images) and http-api.json
// getContactPicture.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/contacts/exif.hpp"

namespace gw::model::contacts {

/// Pixels of the largest picture that is decoded (4096 x 4096): a decoded pixel takes four bytes.
inline constexpr std::int64_t kMaxPixels = 16'777'216;
inline constexpr int kMaxSide = 4'096;
/// Pictures are stored no larger than this.
inline constexpr int kStoredWidth = 600;
inline constexpr int kStoredHeight = 800;

enum class PictureFormat { Jpeg, Png, Gif, Bmp };
std::string_view mime_type(PictureFormat format);

struct PictureInfo {
  PictureFormat format = PictureFormat::Jpeg;
  int width = 0;
  int height = 0;
  /// Only JPEG files carry any.
  CameraNotes camera;
};
/// Whether these first bytes, few or many, can become a picture of a known format. Cost: a few comparisons.
bool may_be_picture(std::string_view begin);
/// Reads the head of the file only. Errors: empty for other formats and broken heads.
std::optional<PictureInfo> inspect_picture(std::string_view bytes);

struct PictureFile {
  std::string bytes;
  std::string mime_type;
};
/// Checks an upload and scales it down to the stored size; a picture that fits keeps its exact bytes.
/// Units:  max_bytes of the upload.
/// Errors: CON-0172 too many bytes; CON-0170 no `declared_type`; CON-0101 other image type; CON-0158 no
/// picture;
///         CON-0136 broken; CON-0108 too many pixels or scaling failed.
PictureFile prepare_picture(std::string_view bytes, std::string_view declared_type, std::int64_t max_bytes);

enum class ScaleType { Contain, ContainForceDimension, Cover, CoverAndCrop, Auto };
/// Absent numbers are 0.
struct Transformation {
  int width = 0;
  int height = 0;
  bool shrink_only = false;
  ScaleType scale = ScaleType::Contain;
  int crop_x = 0;
  int crop_y = 0;
  int crop_width = 0;
  int crop_height = 0;
  bool rotate = false;  ///< apply the EXIF orientation

  [[nodiscard]] bool is_nothing() const {
    return width == 0 && height == 0 && crop_width == 0 && crop_height == 0 && !rotate;
  }
};
/// The picture as a client wants it: rotated, cropped, scaled, in this order. Unchanged bytes when nothing is
/// to do. Errors: CON-0108 when it cannot be decoded or written. Limits: sides are capped at kMaxSide.
PictureFile transform_picture(const PictureFile& picture, const Transformation& wanted);

}  // namespace gw::model::contacts
