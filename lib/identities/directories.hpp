// The directories of the configuration, for one process.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/settings.hpp"
#include "directory/directory.hpp"

namespace gw::identities {

/// Threads: any.
class Directories {
 public:
  /// Connects to nothing. The settings must outlive it. Errors: MappingError.
  explicit Directories(const Settings& settings);

  [[nodiscard]] const std::vector<std::unique_ptr<directory::Directory>>& all() const { return all_; }
  /// nullptr: there is none of that name.
  [[nodiscard]] directory::Directory* find(std::string_view name) const;
  void purge_idle() const;

 private:
  std::vector<std::unique_ptr<directory::Directory>> all_;
};

}  // namespace gw::identities
