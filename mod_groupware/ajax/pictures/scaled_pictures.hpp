// Scaled copies of stored pictures: made when asked for, kept for a while. Source: spec infostore 5 (images).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "model/contacts/picture.hpp"

namespace gw::ajax {

/// First in, first out. One per process, so each process makes its own copy. Threads: any.
class ScaledPictures {
 public:
  using Picture = std::shared_ptr<const model::contacts::PictureFile>;

  /// The spec's 10 MB for each context would not fit into a worker process that serves thousands of them: all
  /// share these.
  static constexpr std::size_t kMaxBytes = 8 * 1'048'576;
  static constexpr std::size_t kMaxEntryBytes = 512 * 1'024;
  static constexpr std::size_t kMaxEntries = 1'000;
  /// Decoding a picture of kMaxPixels takes 64 MiB, and its scaled copy as much again.
  static constexpr int kAtTheSameTime = 2;

  /// The copy kept under `key`, or the one that `make` gives, which is kept when it is small enough. `key`
  /// must name context, file, version and transformation. Errors: Unavailable when others scale for too long;
  /// what `make` throws.
  Picture get(const std::string& key, const std::function<model::contacts::PictureFile()>& make);
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t entries() const;

 private:
  [[nodiscard]] Picture find(const std::string& key) const;
  void keep(const std::string& key, const Picture& picture);

  mutable std::mutex mutex_;
  std::condition_variable finished_;
  int working_ = 0;
  std::unordered_map<std::string, Picture> pictures_;
  std::deque<std::string> order_;
  std::size_t bytes_ = 0;
};

}  // namespace gw::ajax
