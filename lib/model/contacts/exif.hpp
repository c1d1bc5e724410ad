// What a camera writes into a picture, read from the TIFF block of its Exif segment. Pure, reads nothing
// else. Source: Exif 2.3 section 4.6.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace gw::model::contacts {

/// Absent values are 0 or empty.
struct CameraNotes {
  /// 1 upright … 8.
  int orientation = 1;
  /// Valid UTF-8 of at most 255 characters.
  std::string model;
  /// Cameras note the time of day where they were; without a zone beside it, it is taken as UTC.
  Millis captured;
  std::int64_t iso_speed = 0;
};
/// Errors: what is broken, or lies behind the block's end, is absent.
CameraNotes read_camera_notes(std::string_view block);

}  // namespace gw::model::contacts
