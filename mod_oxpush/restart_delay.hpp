// How long to wait before a push child that died is replaced: doubles with each early death. Knows no httpd.
#pragma once

#include <chrono>

namespace oxpush {

class RestartDelay {
 public:
  /// Call it at each death. `lived` is the time from the end of the child's own delay to its death; a child
  /// that lived at least `max` starts the row anew. Returns: min, 2 min, 4 min … up to max.
  std::chrono::milliseconds after_death(std::chrono::milliseconds lived, std::chrono::milliseconds min,
                                        std::chrono::milliseconds max) noexcept;

 private:
  std::chrono::milliseconds last_{0};
};

}  // namespace oxpush
