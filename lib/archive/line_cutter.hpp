// Lines out of pieces.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace gw::archive {

/// Threads: one.
class LineCutter {
 public:
  /// `take` gets each line without its end. A line longer than `most` bytes: BrokenArchive.
  LineCutter(std::size_t most, std::function<void(std::string_view)> take)
      : most_(most), take_(std::move(take)) {}
  void add(std::string_view piece);
  /// What stands behind the last line feed. Errors: BrokenArchive when there is anything.
  void finish() const;

 private:
  std::size_t most_;
  std::function<void(std::string_view)> take_;
  std::string rest_;
};

}  // namespace gw::archive
