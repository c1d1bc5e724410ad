#include "model/infostore/picture_notes.hpp"

#include "model/contacts/picture.hpp"

namespace gw::model::infostore {

void PictureNotes::read(std::string_view bytes) {
  if (is_done_) return;
  head_.append(bytes.substr(0, kMaxHead - head_.size()));
  if (!contacts::may_be_picture(head_)) return stop();
  if (auto info = contacts::inspect_picture(head_)) {
    width_ = info->width;
    height_ = info->height;
    capture_date_ = info->camera.captured;
    camera_iso_speed_ = info->camera.iso_speed;
    if (!info->camera.model.empty()) camera_model_ = std::move(info->camera.model);
    stop();
  } else if (head_.size() == kMaxHead) {
    stop();
  }
}

void PictureNotes::stop() {
  is_done_ = true;
  std::string().swap(head_);
}

void PictureNotes::describe(Item& item) const {
  item.width = width_;
  item.height = height_;
  item.capture_date = capture_date_;
  item.camera_iso_speed = camera_iso_speed_;
  item.camera_model = camera_model_;
}

}  // namespace gw::model::infostore
