// What is told of a file that is a picture, learnt while its bytes come in: sizes, and what the camera noted.
// Source: spec infostore 2, "media members".
#pragma once

#include <string>
#include <string_view>

#include "model/infostore/item.hpp"

namespace gw::model::infostore {

/// Looks at the first bytes of an upload, and keeps no more of them than it needs for that.
/// Cost: up to kMaxHead bytes until the picture's size has come, nothing for files that are no pictures.
class PictureNotes {
 public:
  /// A JPEG's size stands behind what the camera noted, at most 64 KiB, and behind color profiles.
  static constexpr std::size_t kMaxHead = 131'072;

  /// The next bytes.
  void read(std::string_view bytes);
  /// The rest does not matter.
  void stop();
  /// Fills in the members, or empties them when this is no picture.
  void describe(Item& item) const;
  /// Of what `read` was given. For tests.
  [[nodiscard]] std::size_t kept_bytes() const { return head_.size(); }

 private:
  bool is_done_ = false;
  std::string head_;
  std::int64_t width_ = 0;
  std::int64_t height_ = 0;
  Millis capture_date_;
  std::int64_t camera_iso_speed_ = 0;
  Text camera_model_;
};

}  // namespace gw::model::infostore
