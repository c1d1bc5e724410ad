#include "ajax/pictures/scaled_pictures.hpp"

#include <chrono>

#include "core/error.hpp"

namespace gw::ajax {
namespace {

constexpr std::chrono::seconds kPatience{10};

}  // namespace

ScaledPictures::Picture ScaledPictures::find(const std::string& key) const {
  const auto found = pictures_.find(key);
  return found == pictures_.end() ? nullptr : found->second;
}

ScaledPictures::Picture ScaledPictures::get(const std::string& key,
                                            const std::function<model::contacts::PictureFile()>& make) {
  std::unique_lock lock(mutex_);
  if (Picture known = find(key)) return known;
  if (!finished_.wait_for(lock, kPatience, [this] { return working_ < kAtTheSameTime; }))
    throw Unavailable("Too many pictures are being scaled.");
  // Whoever was before may have asked for the same.
  if (Picture known = find(key)) return known;
  ++working_;
  lock.unlock();
  struct Turn {
    ScaledPictures& pictures;
    ~Turn() {
      {
        const std::lock_guard guard(pictures.mutex_);
        --pictures.working_;
      }
      pictures.finished_.notify_one();
    }
  } const turn{*this};
  auto made = std::make_shared<const model::contacts::PictureFile>(make());
  keep(key, made);
  return made;
}

void ScaledPictures::keep(const std::string& key, const Picture& picture) {
  if (picture->bytes.size() > kMaxEntryBytes) return;
  const std::lock_guard guard(mutex_);
  if (!pictures_.emplace(key, picture).second) return;
  order_.push_back(key);
  bytes_ += picture->bytes.size();
  while (bytes_ > kMaxBytes || order_.size() > kMaxEntries) {
    const auto oldest = pictures_.find(order_.front());
    bytes_ -= oldest->second->bytes.size();
    pictures_.erase(oldest);
    order_.pop_front();
  }
}

std::size_t ScaledPictures::bytes() const {
  const std::lock_guard guard(mutex_);
  return bytes_;
}

std::size_t ScaledPictures::entries() const {
  const std::lock_guard guard(mutex_);
  return order_.size();
}

}  // namespace gw::ajax
